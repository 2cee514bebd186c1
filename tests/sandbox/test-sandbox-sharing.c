/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;
static gint64 finance, sales;

/* The sets that are shared, each with a resource of its own for the test. */
typedef struct
{
  const char *set;
  const char *ids;    /* member of ShareToFolders */
  const char *of;     /* GetFoldersFor… */
  const char *across; /* Get…AcrossFolders */
  const char *body;   /* of a new one, with one %s for its name */
} Kind;

static const Kind kinds[] = {
  { "Assets", "AssetIds", "Asset", "Assets",
    "{\"Name\":\"%s\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}" },
  { "Buckets", "BucketIds", "Bucket", "Buckets",
    "{\"Name\":\"%s\",\"Identifier\":\"0a3ae6a8-1f0a-4c3c-9d0a-5a3d9f4d0001\"}" },
};

static SandboxAnswer *
send_in (const char *method, const char *address, gint64 folder, const char *body)
{
  return sandbox_test_send (test, method, address, test->token, folder, NULL, body);
}

static gint64
create (const Kind *kind, const char *name, gint64 folder)
{
  g_autofree char *address = g_strconcat ("odata/", kind->set, NULL);
  g_auto (GStrv) parts = g_strsplit (kind->body, "%s", 2);
  g_autofree char *body = g_strconcat (parts[0], name, parts[1], NULL);
  g_autoptr (SandboxAnswer) answer = send_in ("POST", address, folder, body);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

/* @added, @removed: 0 for none. */
static SandboxAnswer *
share (const Kind *kind, gint64 id, gint64 added, gint64 removed)
{
  g_autofree char *address = g_strconcat ("odata/", kind->set, "/" US "ShareToFolders", NULL);
  g_autofree char *add = added != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, added) : g_strdup ("");
  g_autofree char *remove
      = removed != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, removed) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("{\"%s\":[%" G_GINT64_FORMAT
                                           "],\"ToAddFolderIds\":[%s],\"ToRemoveFolderIds\":[%s]}",
                                           kind->ids, id, add, remove);

  return send_in ("POST", address, test->shared, body);
}

/* Asserts whether the list, the count and the read by key of @folder have it. */
static void
assert_seen (const Kind *kind, gint64 id, gint64 folder, gboolean seen)
{
  g_autofree char *list
      = g_strdup_printf ("odata/%s?$filter=Id%%20eq%%20%" G_GINT64_FORMAT, kind->set, id);
  g_autofree char *by_key = g_strdup_printf ("odata/%s(%" G_GINT64_FORMAT ")", kind->set, id);
  g_autoptr (SandboxAnswer) listed = send_in ("GET", list, folder, NULL);
  g_autoptr (SandboxAnswer) found = send_in ("GET", by_key, folder, NULL);

  sandbox_assert_status (listed, 200);
  g_assert_cmpuint (sandbox_answer_length (listed), ==,
                    seen ? 1 : 0);
  g_assert_cmpint (baton_json_peek_int (listed->json, "@odata.count", -1), ==, seen ? 1 : 0);
  g_assert_cmpuint (found->status, ==, seen ? 200 : 404);
}

static void
assert_folders (const Kind *kind, gint64 id, gint64 n)
{
  g_autofree char *address = g_strdup_printf (
      "odata/%s/" US "GetFoldersFor%s(id=%" G_GINT64_FORMAT ")", kind->set, kind->of, id);
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);
  JsonArray *folders = baton_json_peek_array (answer->json, "AccessibleFolders");

  sandbox_assert_status (answer, 200);
  g_assert_cmpint (baton_json_peek_int (answer->json, "TotalFoldersCount", -1), ==, n);
  g_assert_cmpint (baton_json_length (folders), ==, n);
  g_assert_nonnull (
      baton_json_peek_string (baton_json_peek_object_at (folders, 0), "FullyQualifiedName"));
}

static gint64
count_in_list (const Kind *kind, gint64 folder)
{
  g_autofree char *address = g_strdup_printf ("odata/%s?$top=0&$count=true", kind->set);
  g_autoptr (SandboxAnswer) answer = send_in ("GET", address, folder, NULL);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

static void
test_linked (gconstpointer data)
{
  const Kind *kind = data;
  gint64 id = create (kind, "Linked", test->shared);
  gint64 before = count_in_list (kind, finance);
  g_autoptr (SandboxAnswer) linked = share (kind, id, finance, 0);
  g_autofree char *by_key = g_strdup_printf ("odata/%s(%" G_GINT64_FORMAT ")", kind->set, id);
  g_autoptr (SandboxAnswer) shown = send_in ("GET", by_key, finance, NULL);
  g_autoptr (SandboxAnswer) unlinked = NULL;
  g_autoptr (SandboxAnswer) last = NULL;

  sandbox_assert_status (linked, 204);
  assert_seen (kind, id, test->shared, TRUE);
  assert_seen (kind, id, finance, TRUE);
  assert_seen (kind, id, sales, FALSE);
  assert_folders (kind, id, 2);
  g_assert_cmpint (baton_json_peek_int (shown->json, "FoldersCount", 0), ==, 2);
  g_assert_cmpint (count_in_list (kind, finance), ==, before + 1);

  /* Out of the folder that it was made in; it stays in the other. */
  unlinked = share (kind, id, 0, test->shared);
  sandbox_assert_status (unlinked, 204);
  assert_seen (kind, id, test->shared, FALSE);
  assert_seen (kind, id, finance, TRUE);
  assert_folders (kind, id, 1);
  last = share (kind, id, 0, finance);
  sandbox_assert_error (last, 409, 1009);
}

static void
test_deleted (gconstpointer data)
{
  const Kind *kind = data;
  gint64 id = create (kind, "Deleted", test->shared);
  g_autoptr (SandboxAnswer) linked = share (kind, id, finance, 0);
  gint64 before = count_in_list (kind, finance);
  g_autofree char *by_key = g_strdup_printf ("odata/%s(%" G_GINT64_FORMAT ")", kind->set, id);
  g_autoptr (SandboxAnswer) elsewhere = send_in ("DELETE", by_key, sales, NULL);
  g_autoptr (SandboxAnswer) deleted = send_in ("DELETE", by_key, finance, NULL);

  sandbox_assert_status (linked, 204);
  sandbox_assert_status (elsewhere, 404);
  sandbox_assert_status (deleted, 204);
  assert_seen (kind, id, test->shared, FALSE);
  assert_seen (kind, id, finance, FALSE);
  g_assert_cmpint (count_in_list (kind, finance), ==, before - 1);
}

static void
test_refused (gconstpointer data)
{
  const Kind *kind = data;
  gint64 id = create (kind, "Refused", test->shared);
  gint64 other = create (kind, "Refused", finance);
  g_autofree char *address = g_strconcat ("odata/", kind->set, "/" US "ShareToFolders", NULL);
  g_autofree char *body = g_strdup_printf ("{\"%s\":[%" G_GINT64_FORMAT
                                           "],\"ToAddFolderIds\":[%" G_GINT64_FORMAT "]}",
                                           kind->ids, other, sales);
  const char *viewer = "rt_sandbox-viewer-access-token-0123456789ab";
  g_autoptr (SandboxAnswer) name = share (kind, id, finance, 0);
  g_autoptr (SandboxAnswer) both = share (kind, id, sales, sales);
  g_autoptr (SandboxAnswer) unknown = share (kind, 999999, sales, 0);
  g_autoptr (SandboxAnswer) nowhere = share (kind, id, 999999, 0);
  g_autoptr (SandboxAnswer) strict = send_in ("POST", address, test->shared, "{\"Newer\":1}");
  g_autoptr (SandboxAnswer) text = NULL;
  g_autoptr (SandboxAnswer) forbidden
      = sandbox_test_send (test, "POST", address, viewer, test->shared, NULL, body);

  text = send_in ("POST", address, test->shared, "{\"ToAddFolderIds\":[\"x\"]}");
  sandbox_assert_error (name, 409, 1001);
  sandbox_assert_error (both, 409, 1009);
  sandbox_assert_error (unknown, 404, 1002);
  sandbox_assert_error (nowhere, 404, 1002);
  sandbox_assert_error (strict, 400, 1000);
  sandbox_assert_error (text, 400, 1000);
  sandbox_assert_error (forbidden, 403, 1017);
  assert_seen (kind, other, sales, FALSE);
}

/* All or nothing. */
static void
test_whole (gconstpointer data)
{
  const Kind *kind = data;
  gint64 id = create (kind, "Whole", test->shared);
  g_autofree char *address = g_strconcat ("odata/", kind->set, "/" US "ShareToFolders", NULL);
  g_autofree char *body = g_strdup_printf ("{\"%s\":[%" G_GINT64_FORMAT
                                           ",999999],\"ToAddFolderIds\":[%" G_GINT64_FORMAT
                                           "],\"ToRemoveFolderIds\":[]}",
                                           kind->ids, id, finance);
  g_autoptr (SandboxAnswer) answer = send_in ("POST", address, test->shared, body);

  sandbox_assert_error (answer, 404, 1002);
  assert_seen (kind, id, finance, FALSE);
}

static void
test_across (gconstpointer data)
{
  const Kind *kind = data;
  gint64 id = create (kind, "Across", test->shared);
  g_autoptr (SandboxAnswer) linked = share (kind, id, finance, 0);
  const gint64 excluded[] = { 0, finance, test->shared, sales };
  const guint found[] = { 1, 0, 0, 1 };

  sandbox_assert_status (linked, 204);
  for (gsize i = 0; i < G_N_ELEMENTS (excluded); i++)
    {
      g_autofree char *address = g_strdup_printf (
          "odata/%s/" US "Get%sAcrossFolders?$filter=Id%%20eq%%20%" G_GINT64_FORMAT
          "&excludeFolderId=%" G_GINT64_FORMAT,
          kind->set, kind->across, id, excluded[i]);
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);

      sandbox_assert_status (answer, 200);
      g_assert_cmpuint (sandbox_answer_length (answer), ==,
                        found[i]);
    }
}

static void
add (const char *name, GTestDataFunc function)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sandbox/sharing/%s/%s", kinds[i].set, name);

      g_test_add_data_func (path, &kinds[i], function);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);
  finance = sandbox_test_find_folder (test, "Finance");
  sales = sandbox_test_find_folder (test, "Sales");

  add ("linked", test_linked);
  add ("deleted", test_deleted);
  add ("refused", test_refused);
  add ("whole", test_whole);
  add ("across", test_across);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
