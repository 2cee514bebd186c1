/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include "sandbox-catalogue.h"
#include "sandbox-writer.h"

/* OData's description of what is there, made of the tables of the entity sets (fact sheet 1.1). */

#define NAMESPACE "UiPath.Server.Configuration.OData"
#define SERVICE_NAMESPACE "UiPathODataSvc"

static const char *
get_edm_type (SandboxFieldType type)
{
  switch (type)
    {
    case SANDBOX_FIELD_INT32:
      return "Edm.Int32";
    case SANDBOX_FIELD_INT64:
      return "Edm.Int64";
    case SANDBOX_FIELD_DOUBLE:
      return "Edm.Double";
    case SANDBOX_FIELD_BOOL:
      return "Edm.Boolean";
    case SANDBOX_FIELD_STRING:
      return "Edm.String";
    case SANDBOX_FIELD_GUID:
      return "Edm.Guid";
    case SANDBOX_FIELD_TIME:
      return "Edm.DateTimeOffset";
    case SANDBOX_FIELD_JSON:
      return "Edm.Untyped";
    case SANDBOX_FIELD_ENUM:
      return NULL;
    default:
      g_assert_not_reached ();
    }
}

static void
append_property (GString *xml, const SandboxEntitySet *set, const SandboxField *field)
{
  const char *type = get_edm_type (field->type);
  gboolean required = (field->flags & (SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED)) != 0;

  g_string_append_printf (xml, "<Property Name=\"%s\" Type=\"", field->name);
  if (type != NULL)
    g_string_append (xml, type);
  else
    g_string_append_printf (xml, NAMESPACE ".%s%s", set->type, field->name);
  g_string_append_c (xml, '"');
  if (required)
    g_string_append (xml, " Nullable=\"false\"");
  if (field->type == SANDBOX_FIELD_STRING && field->maximum > 0)
    g_string_append_printf (xml, " MaxLength=\"%d\"", field->maximum);
  g_string_append (xml, "/>\n");
}

static void
append_navigation (GString *xml, const SandboxNavigation *navigation)
{
  const SandboxEntitySet *target = sandbox_entity_set_find (navigation->set);

  g_string_append_printf (xml, "<NavigationProperty Name=\"%s\" Type=\"%s" NAMESPACE ".%s%s\"/>\n",
                          navigation->name, navigation->many ? "Collection(" : "", target->type,
                          navigation->many ? ")" : "");
}

static void
append_entity_type (GString *xml, const SandboxEntitySet *set)
{
  g_string_append_printf (xml, "<EntityType Name=\"%s\">\n<Key><PropertyRef Name=\"%s\"/></Key>\n",
                          set->type, set->key);
  for (const SandboxField *field = set->fields; field->name != NULL; field++)
    if ((field->flags & SANDBOX_FIELD_HIDDEN) == 0)
      append_property (xml, set, field);
  for (const SandboxNavigation *navigation = set->navigations;
       navigation != NULL && navigation->name != NULL; navigation++)
    append_navigation (xml, navigation);
  g_string_append (xml, "</EntityType>\n");
}

static void
append_enum_types (GString *xml, const SandboxEntitySet *set)
{
  for (const SandboxField *field = set->fields; field->name != NULL; field++)
    {
      if (field->type != SANDBOX_FIELD_ENUM || (field->flags & SANDBOX_FIELD_HIDDEN) != 0)
        continue;
      g_string_append_printf (xml, "<EnumType Name=\"%s%s\">\n", set->type, field->name);
      for (guint i = 0; field->names[i] != NULL; i++)
        g_string_append_printf (xml, "<Member Name=\"%s\" Value=\"%u\"/>\n", field->names[i], i);
      g_string_append (xml, "</EnumType>\n");
    }
}

/* Functions and actions of the namespace @name, each bound to its set or an entity of it. */
static void
append_functions (GString *xml, const char *name)
{
  g_autoptr (GPtrArray) entries = sandbox_catalogue_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      const SandboxCatalogueEntry *entry = entries->pdata[i];
      g_auto (GStrv) parts = g_strsplit (entry->pattern, "/", -1);
      guint n = g_strv_length (parts);
      const char *dot = n == 4 ? strrchr (parts[3], '.') : NULL;
      g_autofree char *space = dot != NULL ? g_strndup (parts[3], (gsize)(dot - parts[3])) : NULL;
      g_autofree char *set_name = n == 4 ? g_strndup (parts[2], strcspn (parts[2], "(")) : NULL;
      const SandboxEntitySet *set = set_name != NULL ? sandbox_entity_set_find (set_name) : NULL;
      gboolean one = n == 4 && strchr (parts[2], '(') != NULL;
      const char *kind = g_str_equal (entry->method, "GET") ? "Function" : "Action";

      if (set == NULL || g_strcmp0 (space, name) != 0)
        continue;
      g_string_append_printf (xml,
                              "<%s Name=\"%s\" IsBound=\"true\">\n<Parameter "
                              "Name=\"bindingParameter\" Type=\"%s" NAMESPACE ".%s%s\"/>\n",
                              kind, dot + 1, one ? "" : "Collection(", set->type, one ? "" : ")");
      if (*kind == 'F')
        g_string_append (xml, "<ReturnType Type=\"Edm.Untyped\"/>\n");
      g_string_append_printf (xml, "</%s>\n", kind);
    }
}

/* With the sets that its entities lead to, without which some generators leave them out. */
static void
append_set (GString *xml, const SandboxEntitySet *set)
{
  g_string_append_printf (xml, "<EntitySet Name=\"%s\" EntityType=\"" NAMESPACE ".%s\">\n", set->name,
                          set->type);
  for (const SandboxNavigation *navigation = set->navigations;
       navigation != NULL && navigation->name != NULL; navigation++)
    if (!sandbox_entity_set_find (navigation->set)->internal)
      g_string_append_printf (xml, "<NavigationPropertyBinding Path=\"%s\" Target=\"%s\"/>\n",
                              navigation->name, navigation->set);
  g_string_append (xml, "</EntitySet>\n");
}

static void
append_container (GString *xml)
{
  const SandboxEntitySet *const *sets = sandbox_entity_sets ();

  g_string_append (xml, "<EntityContainer Name=\"Container\">\n");
  for (gsize i = 0; sets[i] != NULL; i++)
    if (!sets[i]->internal)
      append_set (xml, sets[i]);
  g_string_append (xml, "</EntityContainer>\n");
}

static char *
make_metadata (void)
{
  const SandboxEntitySet *const *sets = sandbox_entity_sets ();
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);
  GString *xml = g_string_new (
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\n"
      "<edmx:DataServices>\n<Schema Namespace=\"" NAMESPACE
      "\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n");

  for (gsize i = 0; sets[i] != NULL; i++)
    {
      if (!g_hash_table_add (types, (gpointer)sets[i]->type))
        continue;
      append_entity_type (xml, sets[i]);
      append_enum_types (xml, sets[i]);
    }
  append_functions (xml, NAMESPACE);
  append_container (xml);
  g_string_append (xml, "</Schema>\n<Schema Namespace=\"" SERVICE_NAMESPACE
                        "\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n");
  append_functions (xml, SERVICE_NAMESPACE);
  g_string_append (xml, "</Schema>\n</edmx:DataServices>\n</edmx:Edmx>\n");

  return g_string_free (xml, FALSE);
}

static void
metadata_cb (SandboxRequest *request)
{
  char *xml = make_metadata ();
  g_autoptr (GBytes) bytes = g_bytes_new_take (xml, strlen (xml));

  sandbox_reply_bytes (request, 200, "application/xml", bytes);
}

/* What a client that is given the address of the service alone begins with, as Excel and Power BI do (OData JSON Format 4.0,
 * 5). */
static void
service_cb (SandboxRequest *request)
{
  const SandboxEntitySet *const *sets = sandbox_entity_sets ();
  g_autofree char *context = g_strconcat (request->base, "/odata/$metadata", NULL);
  GString *json = g_string_new ("{\"@odata.context\":");
  const char *separator = "";

  sandbox_json_append_string (json, context);
  g_string_append (json, ",\"value\":[");
  for (gsize i = 0; sets[i] != NULL; i++)
    {
      if (sets[i]->internal)
        continue;
      g_string_append_printf (json, "%s{\"name\":\"%s\",\"kind\":\"EntitySet\",\"url\":\"%s\"}",
                              separator, sets[i]->name, sets[i]->name);
      separator = ",";
    }
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_metadata_operations[] = {
  { "GET", "/odata", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, service_cb },
  { "GET", "/odata/$metadata", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, metadata_cb },
  { NULL },
};
