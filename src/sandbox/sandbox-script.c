/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-script.h"

#include "baton-json.h"
#include "sandbox-row.h"
#include "sandbox-writer.h"

#define MAX_SECONDS 86400
#define DEFAULT_WAIT 2

static gint64
read_seconds (JsonObject *input, const char *name, gint64 fallback)
{
  gint64 seconds = baton_json_peek_int (input, name, fallback);

  return CLAMP (seconds, 0, MAX_SECONDS) * G_USEC_PER_SEC;
}

/* A value of the .NET type, as JSON. */
static const char *
make_value (const char *type)
{
  static const struct
  {
    const char *prefix;
    const char *value;
  } values[] = {
    { "System.String,", "\"Done\"" }, { "System.Boolean,", "true" }, { "System.Int", "12" },
    { "System.Double,", "12.5" },     { "System.Decimal,", "12.5" },
  };

  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (values); i++)
    if (g_str_has_prefix (type, values[i].prefix))
      return values[i].value;

  return "null";
}

/* Returns: (transfer full): a value for each argument that the process gives out. */
static char *
make_output (const SandboxJob *job)
{
  g_autoptr (JsonNode) node
      = job->output_type != NULL ? baton_json_parse_text (job->output_type, -1, NULL) : NULL;
  JsonArray *arguments = node != NULL ? baton_json_peek_root_array (node) : NULL;
  GString *json;

  if (arguments == NULL)
    return g_strdup ("{\"out_Result\":\"Done\",\"out_Items\":12}");

  json = g_string_new ("{");
  for (guint i = 0; i < baton_json_length (arguments); i++)
    {
      JsonObject *argument = baton_json_peek_object_at (arguments, i);
      const char *name = baton_json_peek_string (argument, "name");

      if (name == NULL)
        continue;
      g_string_append (json, json->len > 1 ? "," : "");
      sandbox_json_append_string (json, name);
      g_string_append_printf (json, ":%s", make_value (baton_json_peek_string (argument, "type")));
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

void
sandbox_script_read (SandboxScript *self, const SandboxJob *job)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *input;
  JsonNode *output;
  const char *outcome, *waits_for;

  g_return_if_fail (self != NULL && job != NULL);

  node = job->input != NULL ? baton_json_parse_text (job->input, -1, NULL) : NULL;
  input = node != NULL ? baton_json_peek_root_object (node) : NULL;
  outcome = baton_json_peek_string (input, "sandboxOutcome");
  waits_for = baton_json_peek_string (input, "sandboxWaitsFor");
  output = baton_json_peek_node (input, "sandboxOutput");

  *self = (SandboxScript){
    .length = read_seconds (input, "sandboxSeconds", 3 + job->id % 3),
    .faults = outcome != NULL ? g_str_equal (outcome, "Faulted") : job->id % 8 == 5,
    .ignores_stop = baton_json_peek_bool (input, "sandboxIgnoresStop", FALSE),
    .waits_for
    = waits_for != NULL ? sandbox_row_find_enum ("JobTriggers", "TriggerType", waits_for) : -1,
    .wait = read_seconds (input, "sandboxWaitSeconds", DEFAULT_WAIT),
    .item = g_strdup (baton_json_peek_string (input, "sandboxItemKey")),
    .output = output != NULL ? baton_json_to_text (output, FALSE) : make_output (job),
  };
}

void
sandbox_script_clear (SandboxScript *self)
{
  g_clear_pointer (&self->item, g_free);
  g_clear_pointer (&self->output, g_free);
}
