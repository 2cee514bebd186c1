/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-nupkg.h"

#include <archive.h>
#include <archive_entry.h>
#include <gio/gio.h>
#include <string.h>

#include <baton-json.h>

#include "sandbox-zip.h"

#define MAX_ENTRIES 20000
#define MAX_TEXT (4 * 1024 * 1024)
#define MAX_ID 100

void
sandbox_nupkg_free (SandboxNupkg *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->version);
  g_free (self->title);
  g_free (self->description);
  g_free (self->authors);
  g_free (self->owners);
  g_free (self->tags);
  g_free (self->release_notes);
  g_free (self->summary);
  g_free (self->project_url);
  g_free (self->license_url);
  g_free (self->icon_url);
  g_free (self->main);
  g_free (self->input);
  g_free (self->output);
  g_free (self->entry_points);
  g_free (self->framework);
  g_free (self->project_type);
  g_free (self);
}

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);

  return FALSE;
}

/* What <metadata> of a .nuspec has, and where it is kept. */
static const struct
{
  const char *element;
  gsize offset;
} elements[] = {
  { "id", G_STRUCT_OFFSET (SandboxNupkg, id) },
  { "version", G_STRUCT_OFFSET (SandboxNupkg, version) },
  { "title", G_STRUCT_OFFSET (SandboxNupkg, title) },
  { "description", G_STRUCT_OFFSET (SandboxNupkg, description) },
  { "authors", G_STRUCT_OFFSET (SandboxNupkg, authors) },
  { "owners", G_STRUCT_OFFSET (SandboxNupkg, owners) },
  { "tags", G_STRUCT_OFFSET (SandboxNupkg, tags) },
  { "releaseNotes", G_STRUCT_OFFSET (SandboxNupkg, release_notes) },
  { "summary", G_STRUCT_OFFSET (SandboxNupkg, summary) },
  { "projectUrl", G_STRUCT_OFFSET (SandboxNupkg, project_url) },
  { "licenseUrl", G_STRUCT_OFFSET (SandboxNupkg, license_url) },
  { "iconUrl", G_STRUCT_OFFSET (SandboxNupkg, icon_url) },
};

static char **
find_place (SandboxNupkg *self, const char *element)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_ascii_strcasecmp (elements[i].element, element) == 0)
      return G_STRUCT_MEMBER_P (self, elements[i].offset);

  return NULL;
}

static void
text_cb (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  char **place = find_place (user_data, stack->data);

  /* package, metadata, and one below. */
  if (place == NULL || g_slist_length ((GSList *)stack) != 3 || *place != NULL)
    return;
  *place = g_strstrip (g_strndup (text, length));
}

static gboolean
is_good (const char *text, const char *more)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (more, *text) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
check_names (SandboxNupkg *self, GError **error)
{
  if (self->id == NULL || *self->id == '\0' || strlen (self->id) > MAX_ID
      || !is_good (self->id, "._-"))
    return fail (error, "The nuspec has no good id.");
  if (self->version == NULL || !g_ascii_isdigit (*self->version) || strlen (self->version) > MAX_ID
      || !is_good (self->version, ".-+"))
    return fail (error, "The nuspec has no good version.");

  return TRUE;
}

/* GMarkup goes on behind a bad entity and would set a second error over the first, so that it gets
 * no more than up to the next tag at once. */
static gboolean
parse (GMarkupParseContext *context, const char *text, gsize length, GError **error)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *tag = memchr (text, '<', (gsize)(end - text));
      const char *stop = tag != NULL ? tag + 1 : end;

      if (!g_markup_parse_context_parse (context, text, stop - text, error) || *error != NULL)
        return FALSE;
      text = stop;
    }

  return g_markup_parse_context_end_parse (context, error);
}

gboolean
sandbox_nupkg_read_nuspec (SandboxNupkg *self, const char *text, gsize length, GError **error)
{
  static const GMarkupParser parser = { .text = text_cb };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, self, NULL);
  g_autoptr (GError) own = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (!parse (context, text, length, &own))
    return fail (error, "The nuspec is no XML: %s", own->message);

  return check_names (self, error);
}

/* Returns: (transfer full): JSON text, "[]" where there is none. */
static char *
dup_array (JsonObject *object, const char *name)
{
  JsonNode *node = baton_json_peek_node (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? baton_json_to_text (node, FALSE)
                                                      : g_strdup ("[]");
}

static void
read_project (SandboxNupkg *self, JsonObject *root)
{
  JsonObject *arguments = baton_json_peek_object (root, "arguments");
  JsonObject *options = baton_json_peek_object (root, "runtimeOptions");
  JsonObject *design = baton_json_peek_object (root, "designOptions");

  g_free (self->main);
  self->main = g_strdup (baton_json_peek_string (root, "main"));
  g_free (self->framework);
  self->framework = g_strdup (baton_json_peek_string (root, "targetFramework"));
  g_free (self->project_type);
  self->project_type = g_strdup (baton_json_peek_string (design, "outputType"));
  self->requires_user_interaction
      = baton_json_peek_bool (options, "requiresUserInteraction", FALSE);
  self->is_attended = baton_json_peek_bool (options, "isAttended", FALSE);
  if (arguments != NULL)
    {
      g_free (self->input);
      self->input = dup_array (arguments, "input");
      g_free (self->output);
      self->output = dup_array (arguments, "output");
    }
}

static void
add_text (JsonObject *object, const char *name, JsonNode *node)
{
  g_autofree char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  text = JSON_NODE_HOLDS_VALUE (node) ? baton_json_dup_scalar (node)
                                      : baton_json_to_text (node, FALSE);
  json_object_set_string_member (object, name, text);
}

/* Makes EntryPointDto of each. */
static void
read_entry_points (SandboxNupkg *self, JsonObject *root)
{
  JsonArray *given = baton_json_peek_array (root, "entryPoints");
  JsonArray *made = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, made);
  for (guint i = 0; i < baton_json_length (given); i++)
    {
      JsonObject *from = baton_json_peek_object_at (given, i);
      const char *key = baton_json_peek_string (from, "uniqueId");
      const char *path = baton_json_peek_string (from, "filePath");
      JsonObject *entry;

      if (path == NULL)
        continue;
      entry = json_object_new ();
      json_object_set_int_member (entry, "Id", i + 1);
      json_object_set_string_member (entry, "Path", path);
      if (key != NULL && g_uuid_string_is_valid (key))
        json_object_set_string_member (entry, "UniqueId", key);
      add_text (entry, "InputArguments", baton_json_peek_node (from, "input"));
      add_text (entry, "OutputArguments", baton_json_peek_node (from, "output"));
      json_array_add_object_element (made, entry);
    }
  g_free (self->entry_points);
  self->entry_points = baton_json_to_text (node, FALSE);
}

/* Returns: (transfer full) (nullable): what the entry holds; NULL where that is too much. */
static GBytes *
read_entry (struct archive *archive)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  const void *block;
  size_t length;
  la_int64_t offset;
  int status;

  while ((status = archive_read_data_block (archive, &block, &length, &offset)) == ARCHIVE_OK)
    {
      if (text->len + length > MAX_TEXT)
        return NULL;
      g_byte_array_append (text, block, (guint)length);
    }

  return status == ARCHIVE_EOF ? g_byte_array_free_to_bytes (g_steal_pointer (&text)) : NULL;
}

static gboolean
is_at_top (const char *path)
{
  return strchr (path, '/') == NULL && g_str_has_suffix (path, ".nuspec");
}

/* @has_nuspec: (inout). */
static gboolean
read_file (SandboxNupkg *self,
           struct archive *archive,
           const char *path,
           gboolean *has_nuspec,
           GError **error)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  gboolean is_nuspec = is_at_top (path);
  gboolean is_project = g_str_equal (name, "project.json");
  g_autoptr (GBytes) text = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize length;
  const char *data;

  if (!is_nuspec && !is_project && !g_str_equal (name, "entry-points.json"))
    return TRUE;

  text = read_entry (archive);
  if (text == NULL)
    return fail (error, "%s cannot be read.", path);
  data = g_bytes_get_data (text, &length);
  if (is_nuspec)
    {
      if (*has_nuspec)
        return fail (error, "There is more than one nuspec.");
      *has_nuspec = TRUE;
      return sandbox_nupkg_read_nuspec (self, data != NULL ? data : "", length, error);
    }

  /* Files of somebody's own may have these names, too. */
  node = length > 0 ? baton_json_parse (text, MAX_TEXT, NULL) : NULL;
  if (node != NULL && is_project)
    read_project (self, baton_json_peek_root_object (node));
  else if (node != NULL)
    read_entry_points (self, baton_json_peek_root_object (node));

  return TRUE;
}

static gboolean
read_archive (SandboxNupkg *self, struct archive *archive, GBytes *content, GError **error)
{
  struct archive_entry *entry;
  gboolean has_nuspec = FALSE;
  guint n = 0;
  int status;
  gsize length;
  gconstpointer data = g_bytes_get_data (content, &length);

  archive_read_support_format_zip (archive);
  if (length == 0 || archive_read_open_memory (archive, data, length) != ARCHIVE_OK)
    return fail (error, "The file is no ZIP archive.");

  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK)
    {
      const char *path = archive_entry_pathname (entry);

      if (++n > MAX_ENTRIES)
        return fail (error, "The package holds too many files.");
      if (path != NULL && !read_file (self, archive, path, &has_nuspec, error))
        return FALSE;
    }
  if (status != ARCHIVE_EOF)
    return fail (error, "The file is no whole ZIP archive.");

  return has_nuspec || fail (error, "There is no nuspec in the package.");
}

SandboxNupkg *
sandbox_nupkg_read (GBytes *content, GError **error)
{
  g_autoptr (SandboxNupkg) self = g_new0 (SandboxNupkg, 1);
  struct archive *archive;
  gboolean ok;

  g_return_val_if_fail (content != NULL, NULL);

  archive = archive_read_new ();
  ok = read_archive (self, archive, content, error);
  archive_read_free (archive);

  return ok ? g_steal_pointer (&self) : NULL;
}

static void
add_file (SandboxZip *zip, const char *path, gint64 time, const char *text)
{
  sandbox_zip_add (zip, path, time, text, strlen (text));
}

static char *
make_nuspec (const SandboxNupkg *self)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<package xmlns="
                               "\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\">\n"
                               "  <metadata>\n");

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      const char *text = G_STRUCT_MEMBER (char *, self, elements[i].offset);
      g_autofree char *line
          = text != NULL ? g_markup_printf_escaped ("    <%s>%s</%s>\n", elements[i].element, text,
                                                    elements[i].element)
                         : g_strdup ("");

      g_string_append (xml, line);
    }
  g_string_append (xml, "  </metadata>\n</package>\n");

  return g_string_free (xml, FALSE);
}

static void
set_json (JsonObject *object, const char *name, const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? baton_json_parse_text (text, -1, NULL) : NULL;

  if (node != NULL)
    json_object_set_member (object, name, g_steal_pointer (&node));
  else
    json_object_set_array_member (object, name, json_array_new ());
}

static char *
make_project (const SandboxNupkg *self)
{
  JsonObject *root = json_object_new ();
  JsonObject *arguments = json_object_new ();
  JsonObject *options = json_object_new ();
  JsonObject *design = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, root);
  json_object_set_string_member (root, "name", self->id);
  json_object_set_string_member (root, "projectVersion", self->version);
  json_object_set_string_member (root, "main", self->main != NULL ? self->main : "Main.xaml");
  json_object_set_string_member (root, "targetFramework",
                                 self->framework != NULL ? self->framework : "Windows");
  json_object_set_boolean_member (options, "requiresUserInteraction",
                                  self->requires_user_interaction);
  json_object_set_boolean_member (options, "isAttended", self->is_attended);
  json_object_set_object_member (root, "runtimeOptions", options);
  json_object_set_string_member (design, "outputType",
                                 self->project_type != NULL ? self->project_type : "Process");
  json_object_set_object_member (root, "designOptions", design);
  set_json (arguments, "input", self->input);
  set_json (arguments, "output", self->output);
  json_object_set_object_member (root, "arguments", arguments);

  return baton_json_to_text (node, TRUE);
}

GBytes *
sandbox_nupkg_make (const SandboxNupkg *self, gint64 time)
{
  g_autofree char *nuspec = NULL;
  g_autofree char *project = NULL;
  g_autofree char *name = NULL;
  SandboxZip *zip;

  g_return_val_if_fail (self != NULL && self->id != NULL && self->version != NULL, NULL);

  nuspec = make_nuspec (self);
  project = make_project (self);
  name = g_strconcat (self->id, ".nuspec", NULL);
  zip = sandbox_zip_new ();
  add_file (zip, "[Content_Types].xml", time,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Types xmlns="
            "\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            "<Default Extension=\"nuspec\" ContentType=\"application/octet\"/></Types>\n");
  add_file (zip, name, time, nuspec);
  add_file (zip, "content/project.json", time, project);

  return sandbox_zip_end (zip);
}

/* Returns: the number at *@text, which then stands behind it and a dot. */
static guint64
take_number (const char **text)
{
  char *end;
  guint64 number = g_ascii_strtoull (*text, &end, 10);

  *text = *end == '.' ? end + 1 : end;

  return number;
}

int
sandbox_nupkg_compare_versions (const char *a, const char *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  while (g_ascii_isdigit (*a) || g_ascii_isdigit (*b))
    {
      guint64 first = take_number (&a), second = take_number (&b);

      if (first != second)
        return first < second ? -1 : 1;
    }
  if ((*a == '-') != (*b == '-'))
    return *a == '-' ? -1 : 1;

  return g_ascii_strcasecmp (a, b);
}
