/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-identity-api.h"
#include "sandbox-secret.h"
#include "sandbox-statement.h"

/* Making, changing and deleting people. What is wrong is told as the identity framework of the
 * service's platform does. */

#define FAMILY "PM.User"
#define MIN_PASSWORD 8

/* Definition: UserType. */
static const char *const types[]
    = { "user", "robot", "directoryUser", "directoryGroup", "robotAccount", "application", NULL };

static gboolean
refuse (SandboxRequest *request, const char *code, const char *description)
{
  sandbox_identity_api_reply_error (request, 400, code, description);

  return FALSE;
}

static gboolean
is_address (const char *email)
{
  const char *at = strchr (email, '@');

  return at != NULL && at != email && at[1] != '\0' && strchr (at + 1, '@') == NULL
         && strpbrk (email, " \t\r\n<>") == NULL;
}

/* Answers where it is somebody else's. @column: of IdentityPeople. */
static gboolean
check_free (SandboxRequest *request,
            const SandboxPerson *person,
            const char *column,
            const char *value,
            const char *code,
            const char *what)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM \"IdentityPeople\" WHERE \"%s\" = ? AND \"Id\" <> ?", column);
  g_autofree char *text = NULL;

  if (sandbox_statement_ask (request->store, sql, "ss", value, person->key) == 0)
    return TRUE;
  text = g_strdup_printf ("%s '%s' is already taken.", what, value);

  return refuse (request, code, text);
}

/* Answers where the address is none, or somebody else's. */
static gboolean
check_email (SandboxRequest *request, const SandboxPerson *person)
{
  g_autofree char *text = NULL;

  if (*person->email == '\0')
    return TRUE;
  if (is_address (person->email))
    return check_free (request, person, "Email", person->email, "DuplicateEmail", "Email");
  text = g_strdup_printf ("Email '%s' is invalid.", person->email);

  return refuse (request, "InvalidEmail", text);
}

/* Answers where there is somebody of that name or GUID. */
static gboolean
check_new (SandboxRequest *request, const SandboxPerson *person)
{
  g_autoptr (SandboxPerson) same = sandbox_person_find_key (request->store, person->key);

  if (*person->user_name == '\0')
    return refuse (request, "InvalidUserName", "User name '' is invalid.");
  if (same != NULL)
    return refuse (request, "DuplicateUserId", "There is a user of that id already.");

  return check_free (request, person, "UserName", person->user_name, "DuplicateUserName",
                     "User name");
}

static gboolean
check_password (SandboxRequest *request, const char *password)
{
  if (password != NULL && g_utf8_strlen (password, -1) >= MIN_PASSWORD)
    return TRUE;

  return refuse (request, "PasswordTooShort",
                 "Passwords must be at least " G_STRINGIFY (MIN_PASSWORD) " characters.");
}

static char *
dup_text (JsonObject *body, const char *name, const char *fallback)
{
  const char *text = baton_json_peek_string (body, name);
  char *copy = g_strdup (text != NULL ? text : fallback);

  return g_strstrip (copy);
}

static char *
make_display_name (const SandboxPerson *person)
{
  char *full = g_strstrip (g_strconcat (person->name, " ", person->surname, NULL));

  if (*full != '\0')
    return full;
  g_free (full);

  return g_strdup (person->user_name);
}

/* Definition: CreateUserCommandBase. Returns: (transfer full) (nullable): NULL, and answered, where
 * it is wrong. */
static SandboxPerson *
read_new (SandboxRequest *request, JsonObject *body)
{
  g_autoptr (SandboxPerson) person = sandbox_person_new ();
  const char *id = baton_json_peek_string (body, "id");
  const char *type = baton_json_peek_string (body, "type");

  if (type != NULL && !g_strv_contains (types, type))
    {
      refuse (request, "InvalidUserType", "There is no such type of user.");
      return NULL;
    }
  if (id != NULL && !g_uuid_string_is_valid (id))
    {
      refuse (request, "InvalidUserId", "The id of the user is no GUID.");
      return NULL;
    }

  person->key = id != NULL ? g_ascii_strdown (id, -1) : sandbox_secret_make_guid ();
  person->email = dup_text (body, "email", "");
  person->user_name = dup_text (body, "userName", person->email);
  person->name = dup_text (body, "name", "");
  person->surname = dup_text (body, "surname", "");
  person->display_name = dup_text (body, "displayName", "");
  if (*person->display_name == '\0')
    {
      g_free (person->display_name);
      person->display_name = make_display_name (person);
    }
  person->subject = g_strconcat ("auth0|", person->key, NULL);
  person->type = g_strdup (type != NULL ? type : "user");
  person->legacy_id = baton_json_peek_int (body, "legacyId", 0);
  person->created = sandbox_clock_now ();
  person->active = TRUE;
  person->bypasses = baton_json_peek_bool (body, "bypassBasicAuthRestriction", FALSE);
  person->invitation_accepted = baton_json_peek_bool (body, "invitationAccepted", FALSE);

  return check_new (request, person) && check_email (request, person) ? g_steal_pointer (&person)
                                                                      : NULL;
}

/* Only who administers the organisation makes, changes and deletes people. */
static gboolean
check_caller (SandboxRequest *request, SandboxToken *token)
{
  return sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, token);
}

/* Ends the transaction of a change. Answers. */
static void
finish (SandboxRequest *request, gboolean ok)
{
  ok = ok && sandbox_directory_keeps_administrator (request);
  if (!ok)
    {
      sandbox_store_rollback (request->store);
      return;
    }
  sandbox_store_commit (request->store);
  if (g_str_equal (request->method, SOUP_METHOD_DELETE))
    sandbox_reply_empty (request, 204);
  else
    sandbox_identity_api_reply_done (request);
}

/* Part of a transaction. @groups: (nullable). */
static gboolean
create (SandboxRequest *request, const SandboxToken *token, JsonObject *body, JsonArray *groups)
{
  const char *password = baton_json_peek_string (body, "password");
  g_autoptr (SandboxPerson) person = NULL;

  if (body == NULL)
    return refuse (request, "InvalidUser", "A user is an object.");
  if (baton_json_peek_bool (body, "validatePassword", FALSE) && !check_password (request, password))
    return FALSE;
  person = read_new (request, body);
  if (person == NULL)
    return FALSE;

  sandbox_person_save (request->store, person);
  if (password != NULL && *password != '\0')
    sandbox_person_set_password (request->store, person, password);
  sandbox_directory_change_groups (request->store, person->key, groups, NULL);
  sandbox_directory_audit (request->store, token->person, "User", "Create", person->user_name);

  return TRUE;
}

static void
create_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (!check_caller (request, &token)
      || !sandbox_identity_api_check_partition (
          request, baton_json_peek_string (request->body, "partitionGlobalId")))
    return;

  sandbox_store_begin (request->store);
  finish (request, create (request, &token, request->body,
                           baton_json_peek_array (request->body, "groupIDs")));
}

/* All of them, or none. */
static void
create_many_cb (SandboxRequest *request)
{
  JsonArray *users = baton_json_peek_array (request->body, "users");
  JsonArray *groups = baton_json_peek_array (request->body, "groupIDs");
  g_auto (SandboxToken) token = { 0 };
  gboolean ok = TRUE;

  if (!check_caller (request, &token)
      || !sandbox_identity_api_check_partition (
          request, baton_json_peek_string (request->body, "partitionGlobalId")))
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; ok && i < baton_json_length (users); i++)
    ok = create (request, &token, baton_json_peek_object_at (users, i), groups);
  finish (request, ok);
}

static void
replace_text (char **text, JsonObject *body, const char *name)
{
  const char *value = baton_json_peek_string (body, name);

  if (value == NULL)
    return;
  g_free (*text);
  *text = g_strstrip (g_strdup (value));
}

/* What the service lets others keep beside a person: texts by their names. */
static void
change_attributes (SandboxRequest *request, const SandboxPerson *person)
{
  JsonObject *add = baton_json_peek_object (request->body, "extensionUserAttributesToAddOrUpdate");
  JsonArray *remove = baton_json_peek_array (request->body, "extensionUserAttributesToRemove");
  g_auto (GStrv) names = add != NULL ? baton_json_dup_names (add) : NULL;
  g_autoptr (JsonObject) patch = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *text = NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (baton_json_peek_string (add, names[i]) != NULL)
      json_object_set_string_member (patch, names[i], baton_json_peek_string (add, names[i]));
  for (guint i = 0; i < baton_json_length (remove); i++)
    if (baton_json_peek_string_at (remove, i) != NULL)
      json_object_set_null_member (patch, baton_json_peek_string_at (remove, i));
  text = baton_json_to_text (json_node_init_object (node, patch), FALSE);
  sandbox_statement_run (request->store,
                         "UPDATE \"IdentityPeople\" SET \"Attributes\" = json_patch "
                         "(\"Attributes\", ?) WHERE \"Id\" = ?",
                         "ss", text, person->key);
}

/* His users in the tenants are called as he is. */
static void
rename_users (SandboxStore *store, const SandboxPerson *person)
{
  sandbox_statement_run (store,
                         "UPDATE \"Users\" SET \"Name\" = ?1, \"Surname\" = ?2, \"FullName\" = ?3,"
                         " \"EmailAddress\" = ?4 WHERE \"UserName\" = ?5 OR"
                         " \"DirectoryIdentifier\" = ?6",
                         "ssssss", person->name, person->surname, person->display_name,
                         person->email, person->user_name, person->key);
}

/* Part of a transaction. Definition: UpdateUserCommand. What is not there stays. */
static gboolean
update (SandboxRequest *request, const SandboxToken *token, SandboxPerson *person)
{
  const char *password = baton_json_peek_string (request->body, "password");

  replace_text (&person->name, request->body, "name");
  replace_text (&person->surname, request->body, "surname");
  if (baton_json_peek_string (request->body, "displayName") == NULL
      && (baton_json_has (request->body, "name") || baton_json_has (request->body, "surname")))
    {
      g_free (person->display_name);
      person->display_name = make_display_name (person);
    }
  replace_text (&person->display_name, request->body, "displayName");
  replace_text (&person->email, request->body, "email");
  person->active = baton_json_peek_bool (request->body, "isActive", person->active);
  person->bypasses
      = baton_json_peek_bool (request->body, "bypassBasicAuthRestriction", person->bypasses);
  person->invitation_accepted
      = baton_json_peek_bool (request->body, "invitationAccepted", person->invitation_accepted);
  person->modified = sandbox_clock_now ();
  if (!check_email (request, person) || (password != NULL && !check_password (request, password)))
    return FALSE;

  sandbox_person_save (request->store, person);
  if (password != NULL)
    sandbox_person_set_password (request->store, person, password);
  change_attributes (request, person);
  sandbox_directory_change_groups (request->store, person->key,
                                   baton_json_peek_array (request->body, "groupIDsToAdd"),
                                   baton_json_peek_array (request->body, "groupIDsToRemove"));
  rename_users (request->store, person);
  sandbox_directory_audit (request->store, token->person, "User", "Update", person->user_name);

  return TRUE;
}

static void
update_cb (SandboxRequest *request)
{
  g_autoptr (SandboxPerson) person = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!check_caller (request, &token) || (person = sandbox_directory_find_person (request)) == NULL)
    return;

  sandbox_store_begin (request->store);
  finish (request, update (request, &token, person));
}

static void
remove_person (SandboxRequest *request, const SandboxToken *token, const SandboxPerson *person)
{
  sandbox_directory_remove_person (request->store, person);
  sandbox_directory_audit (request->store, token->person, "User", "Delete", person->user_name);
}

static void
delete_cb (SandboxRequest *request)
{
  g_autoptr (SandboxPerson) person = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!check_caller (request, &token) || (person = sandbox_directory_find_person (request)) == NULL)
    return;

  sandbox_store_begin (request->store);
  remove_person (request, &token, person);
  finish (request, TRUE);
}

/* Whoever is not there is as gone as he was to be. */
static void
delete_many_cb (SandboxRequest *request)
{
  JsonArray *ids = baton_json_peek_array (request->body, "userIds");
  g_auto (SandboxToken) token = { 0 };

  if (!check_caller (request, &token)
      || !sandbox_identity_api_check_partition (
          request, baton_json_peek_string (request->body, "partitionGlobalId")))
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (ids); i++)
    {
      const char *id = baton_json_peek_string_at (ids, i);
      g_autoptr (SandboxPerson) person
          = id != NULL ? sandbox_person_find_key (request->store, id) : NULL;

      if (person != NULL)
        remove_person (request, &token, person);
    }
  finish (request, TRUE);
}

/* Everybody his own; whoever knows the old one and administers the organisation, others' too. */
static void
change_password_cb (SandboxRequest *request)
{
  const char *old = baton_json_peek_string (request->body, "oldPassword");
  const char *new = baton_json_peek_string (request->body, "newPassword");
  g_autoptr (SandboxPerson) person = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ANYBODY, &token)
      || (person = sandbox_directory_find_person (request)) == NULL)
    return;
  if (!sandbox_directory_check_own (request, &token, person))
    return;
  if (!sandbox_person_has_password (request->store, person, old))
    refuse (request, "PasswordMismatch", "Incorrect password.");
  else if (check_password (request, new))
    {
      sandbox_store_begin (request->store);
      sandbox_person_set_password (request->store, person, new);
      sandbox_directory_audit (request->store, token.person, "User", "ChangePassword",
                               person->user_name);
      sandbox_store_commit (request->store);
      sandbox_identity_api_reply_done (request);
    }
}

const SandboxOperation sandbox_directory_people_operations[] = {
  SANDBOX_IDENTITY_API ("POST", "User", create_cb),
  SANDBOX_IDENTITY_API ("DELETE", "User", delete_many_cb),
  SANDBOX_IDENTITY_API ("POST", "User/BulkCreate", create_many_cb),
  SANDBOX_IDENTITY_API ("PUT", "User/{userId}", update_cb),
  SANDBOX_IDENTITY_API ("DELETE", "User/{userId}", delete_cb),
  SANDBOX_IDENTITY_API ("POST", "User/{userId}/changepassword", change_password_cb),
  { NULL },
};
