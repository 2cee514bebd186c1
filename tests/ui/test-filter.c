/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "baton-filter-bar.h"
#include "baton-filter-chip.h"
#include "ui-fixture.h"

static const BatonState states[] = {
  { "Faulted", N_ ("Faulted"), "dialog-error-symbolic", BATON_TONE_ERROR },
  { "Stopped", N_ ("Was stopped"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonField fields[] = {
  { .id = "name", .property = "ReleaseName", .title = N_ ("Process"), .kind = BATON_FIELD_TEXT,
    .flags = BATON_FIELD_FILTERED },
  { .id = "state", .property = "State", .title = N_ ("State"), .kind = BATON_FIELD_STATE,
    .flags = BATON_FIELD_FILTERED, .states = states },
  { .id = "created", .property = "CreationTime", .title = N_ ("Created"), .kind = BATON_FIELD_TIME,
    .flags = BATON_FIELD_FILTERED },
  { .id = "on", .property = "Enabled", .title = N_ ("Enabled"), .kind = BATON_FIELD_BOOL,
    .flags = BATON_FIELD_FILTERED },
  { .id = "id", .property = "Id", .title = N_ ("ID"), .kind = BATON_FIELD_NUMBER,
    .flags = BATON_FIELD_FILTERED },
  { .id = "plain", .property = "Plain", .title = N_ ("Plain"), .kind = BATON_FIELD_TEXT },
  { NULL },
};

static const BatonResource resource
    = { .id = "tests", .title = N_ ("Tests"), .key = "Id", .name = "name", .fields = fields };

static void
assert_odata (BatonFilter *filter, const char *expected)
{
  g_autofree char *odata = baton_filter_to_odata (filter);

  g_assert_cmpstr (odata, ==, expected);
}

static void
assert_label (BatonFilter *filter, const char *expected)
{
  g_autofree char *label = baton_filter_dup_label (filter);

  g_assert_cmpstr (label, ==, expected);
}

static void
test_values (void)
{
  g_autoptr (BatonFilter) filter = baton_filter_new (&fields[1]);

  assert_odata (filter, NULL);
  assert_label (filter, "State");
  baton_filter_set_value (filter, "Faulted", TRUE);
  baton_filter_set_value (filter, "Faulted", TRUE);
  assert_odata (filter, "State eq 'Faulted'");
  baton_filter_set_value (filter, "Stopped", TRUE);
  assert_odata (filter, "(State eq 'Faulted' or State eq 'Stopped')");
  assert_label (filter, "State: Faulted, Was stopped");
  baton_filter_set_value (filter, "Faulted", FALSE);
  g_assert_false (baton_filter_has_value (filter, "Faulted"));
  baton_filter_set_value (filter, "O'Brien", TRUE);
  assert_odata (filter, "(State eq 'Stopped' or State eq 'O''Brien')");
  baton_filter_clear (filter);
  g_assert_false (baton_filter_is_set (filter));
  assert_odata (filter, NULL);
}

static void
test_kinds (void)
{
  g_autoptr (BatonFilter) text = baton_filter_new (&fields[0]);
  g_autoptr (BatonFilter) time = baton_filter_new (&fields[2]);
  g_autoptr (BatonFilter) on = baton_filter_new (&fields[3]);
  g_autoptr (BatonFilter) number = baton_filter_new (&fields[4]);
  /* 2026-01-31T12:00:00Z */
  const gint64 now = G_GINT64_CONSTANT (1769860800) * G_USEC_PER_SEC;
  g_autofree char *odata = NULL;

  baton_filter_set_text (text, "  O'Neil ");
  odata = baton_filter_to_odata (text);
  g_assert_nonnull (strstr (odata, "contains(tolower(ReleaseName),'o''neil')"));
  assert_label (text, "Process: “O'Neil”");
  baton_filter_set_text (text, "   ");
  g_assert_false (baton_filter_is_set (text));

  baton_filter_set_span (time, BATON_SPAN_HOUR, now);
  assert_odata (time, "CreationTime ge 2026-01-31T11:00:00.000Z");
  baton_filter_set_span (time, BATON_SPAN_MONTH, now);
  assert_odata (time, "CreationTime ge 2026-01-01T12:00:00.000Z");
  assert_label (time, "Created: Last 30 days");
  baton_filter_set_span (time, BATON_SPAN_ANY, now);
  assert_odata (time, NULL);

  baton_filter_set_value (on, "true", TRUE);
  assert_odata (on, "Enabled eq true");
  assert_label (on, "Enabled: Yes");

  baton_filter_set_text (number, "42");
  assert_odata (number, "Id eq 42");
  baton_filter_set_text (number, "42 or 1 eq 1");
  g_assert_false (baton_filter_is_set (number));
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_bar (void)
{
  GtkWidget *bar = baton_filter_bar_new (&resource);
  GtkWidget *window = ui_open (bar, 360, 100);
  BatonFilterChip *state
      = BATON_FILTER_CHIP (baton_filter_bar_get_chip (BATON_FILTER_BAR (bar), "state"));
  BatonFilterChip *on
      = BATON_FILTER_CHIP (baton_filter_bar_get_chip (BATON_FILTER_BAR (bar), "on"));
  g_autofree char *odata = NULL;
  g_autofree char *linked = NULL;
  g_autofree char *summary = NULL;
  guint n = 0;

  g_assert_null (baton_filter_bar_get_chip (BATON_FILTER_BAR (bar), "plain"));
  g_assert_true (baton_filter_bar_has_chips (BATON_FILTER_BAR (bar)));
  g_signal_connect_swapped (bar, "changed", G_CALLBACK (count_cb), &n);

  baton_filter_set_value (baton_filter_chip_get_filter (state), "Faulted", TRUE);
  baton_filter_chip_update (state);
  g_assert_cmpuint (n, ==, 1);
  baton_filter_set_value (baton_filter_chip_get_filter (on), "false", TRUE);
  baton_filter_chip_update (on);
  g_assert_cmpuint (n, ==, 2);
  odata = baton_filter_bar_to_odata (BATON_FILTER_BAR (bar));
  g_assert_cmpstr (odata, ==, "State eq 'Faulted' and Enabled eq false");
  summary = baton_filter_bar_dup_summary (BATON_FILTER_BAR (bar));
  g_assert_cmpstr (summary, ==, "State: Faulted\nEnabled: No");
  g_assert_nonnull (ui_find (bar, GTK_TYPE_MENU_BUTTON, "State: Faulted"));

  /* A link takes the place of what was asked. */
  baton_filter_bar_set_link (BATON_FILTER_BAR (bar), "ReleaseId eq 7", "Jobs of this process");
  linked = baton_filter_bar_to_odata (BATON_FILTER_BAR (bar));
  g_assert_cmpstr (linked, ==, "ReleaseId eq 7");
  g_assert_cmpuint (n, ==, 3);
  ui_click (bar, "Remove the filter “Jobs of this process”");
  g_assert_false (baton_filter_bar_is_set (BATON_FILTER_BAR (bar)));
  g_assert_cmpuint (n, ==, 4);

  baton_filter_set_value (baton_filter_chip_get_filter (state), "Faulted", TRUE);
  baton_filter_chip_update (state);
  ui_click (bar, "Clear filters");
  g_assert_false (baton_filter_bar_is_set (BATON_FILTER_BAR (bar)));
  g_assert_cmpuint (n, ==, 6);

  g_object_ref (bar);
  ui_close (window);
  g_assert_finalize_object (bar);
}

/* A person ticks a box in the chip's popover. */
static void
test_chip (void)
{
  GtkWidget *chip = baton_filter_chip_new (&fields[1]);
  GtkWidget *window = ui_open (chip, 360, 100);
  BatonFilter *filter = baton_filter_chip_get_filter (BATON_FILTER_CHIP (chip));
  GtkWidget *check = ui_find (chip, GTK_TYPE_CHECK_BUTTON, "Faulted");
  guint n = 0;

  g_signal_connect_swapped (chip, "changed", G_CALLBACK (count_cb), &n);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_cmpuint (n, ==, 1);
  assert_odata (filter, "State eq 'Faulted'");
  baton_filter_chip_clear (BATON_FILTER_CHIP (chip));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_assert_cmpuint (n, ==, 2);

  g_object_ref (chip);
  ui_close (window);
  g_assert_finalize_object (chip);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/filter/values", test_values);
  g_test_add_func ("/baton/app/filter/kinds", test_kinds);
  g_test_add_func ("/baton/app/filter-bar/odata", test_bar);
  g_test_add_func ("/baton/app/filter-chip/tick", test_chip);
  return g_test_run ();
}
