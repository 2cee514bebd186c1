/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-list READY: rows for the table of tests/bench/run, about a list of all jobs of the sandbox whose ready line is in the
 * file READY: beside it the same column view over as many rows in memory. Needs a display. */
#include "config.h"

#include <malloc.h>
#include <time.h>

#include "baton-json.h"
#include "baton-paged-list.h"
#include "bench-ready.h"

#define N_FRAMES 300
#define N_JUMPS 200
#define N_ROUNDS 3
#define PIXELS_PER_FRAME 90
#define N_COLUMNS 8
#define LONGEST_WAIT (60 * G_USEC_PER_SEC)

typedef struct
{
  BatonConnection *connection;
  BatonClock *clock; /* a fake one: nobody waits for the pace of a tenant here */
  const BatonResource *jobs;
  GListModel *memory; /* of BatonRow */
  GtkWindow *window;
  GtkColumnView *view;
  GtkAdjustment *adjustment;
  BatonPagedList *list; /* (nullable): what is shown, where it is one */
  GArray *frames;       /* of gint64: what each took of the main thread's time */
  gint64 frame_start;
  guint n_painted;
} Bench;

typedef struct
{
  GArray *frames;     /* of gint64, of all rounds */
  GArray *first_rows; /* of gint64, one a round */
  double growth;      /* MB, of the first round */
} Figures;

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
step (Bench *self)
{
  g_main_context_iteration (NULL, TRUE);
  baton_clock_advance (self->clock, G_USEC_PER_SEC / 5);
}

#define WAIT(self, condition) \
  G_STMT_START \
  { \
    gint64 _end = g_get_monotonic_time () + LONGEST_WAIT; \
    while (!(condition)) \
      { \
        if (g_get_monotonic_time () > _end) \
          g_error ("waited too long for %s", #condition); \
        step (self); \
      } \
  } \
  G_STMT_END

/* A cell as the window's: the widget is made once, what it shows is set. */

static void
show_row (GtkInscription *cell, BatonRow *row)
{
  guint field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "field"));
  BatonRecord *record = baton_row_get_record (row);
  g_autofree char *text = record != NULL ? baton_record_dup_display (record, field) : NULL;

  gtk_inscription_set_text (cell, text);
}

static void
row_changed_cb (BatonRow *row, GtkInscription *cell)
{
  show_row (cell, row);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer field)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  g_object_set_data (G_OBJECT (cell), "field", field);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer field)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  show_row (GTK_INSCRIPTION (cell), gtk_list_item_get_item (item));
  g_signal_connect (gtk_list_item_get_item (item), "changed", G_CALLBACK (row_changed_cb), cell);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer field)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), gtk_list_item_get_child (item));
}

/* The time of this thread alone: others have a share in the processor that differs from run to run. */
static gint64
get_thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, Bench *self)
{
  self->frame_start = get_thread_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *self)
{
  gint64 took = get_thread_time () - self->frame_start;

  g_array_append_val (self->frames, took);
  self->n_painted++;
}

static void
scrolled_cb (Bench *self)
{
  double upper = gtk_adjustment_get_upper (self->adjustment);
  guint n = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  double height = n > 0 ? upper / n : 0;

  if (height > 0)
    baton_paged_list_set_visible_range (
      self->list, (guint) (gtk_adjustment_get_value (self->adjustment) / height),
      (guint) ((gtk_adjustment_get_value (self->adjustment)
                + gtk_adjustment_get_page_size (self->adjustment))
               / height));
}

static void
make_window (Bench *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GdkFrameClock *clock;
  guint n = 0;

  self->window = GTK_WINDOW (gtk_window_new ());
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  for (guint i = 0; self->jobs->fields[i].id != NULL && n < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory;
      GtkColumnViewColumn *column;

      if ((self->jobs->fields[i].flags & BATON_FIELD_DEFAULT) == 0)
        continue;
      factory = gtk_signal_list_item_factory_new ();
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (self->jobs->fields[i].title, factory);
      gtk_column_view_column_set_fixed_width (column, 150);
      gtk_column_view_append_column (self->view, column);
      g_object_unref (column);
      n++;
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  self->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  g_signal_connect_swapped (self->adjustment, "changed", G_CALLBACK (scrolled_cb), self);
  gtk_window_set_child (self->window, scrolled);
  gtk_window_set_default_size (self->window, 1240, 760);
  gtk_window_present (self->window);
  WAIT (self, gtk_widget_get_mapped (GTK_WIDGET (self->view)));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

static void
figures_init (Figures *self)
{
  self->frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->first_rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->growth = 0;
}

static void
figures_clear (Figures *self)
{
  g_array_unref (self->frames);
  g_array_unref (self->first_rows);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static double
pick (GArray *times, double share)
{
  g_array_sort (times, compare_times);
  return (double) g_array_index (times, gint64, (guint) ((times->len - 1) * share)) / 1000.0;
}

static double
get_resident (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  malloc_trim (0);
  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  parts = g_strsplit (text, " ", 3);
  return (double) g_ascii_strtoull (parts[1], NULL, 10) * 4096 / (1024 * 1024);
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;

  gtk_adjustment_set_value (self->adjustment,
                            gtk_adjustment_get_value (self->adjustment) + PIXELS_PER_FRAME);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_loaded (Bench *self, guint position)
{
  g_autoptr (BatonRow) row = NULL;

  if (self->list == NULL)
    return TRUE;
  row = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  return row != NULL && baton_row_get_state (row) == BATON_ROW_READY;
}

static void
paint (Bench *self)
{
  guint painted = self->n_painted;

  gtk_widget_queue_draw (GTK_WIDGET (self->view));
  WAIT (self, self->n_painted > painted);
}

static void
jump (Bench *self, guint position, guint n)
{
  double upper = gtk_adjustment_get_upper (self->adjustment);

  gtk_adjustment_set_value (self->adjustment, upper * position / n);
  paint (self);
  WAIT (self, is_loaded (self, position));
  paint (self);
}

static void
measure (Bench *self, BatonPagedList *list, Figures *figures)
{
  g_autoptr (GtkSelectionModel) model = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  gint64 start = g_get_monotonic_time ();
  gint64 took;
  double before;
  guint tick, n;

  self->list = list;
  if (list != NULL)
    model = GTK_SELECTION_MODEL (g_object_ref (list));
  else
    model = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->memory)));
  gtk_column_view_set_model (self->view, model);
  WAIT (self, g_list_model_get_n_items (G_LIST_MODEL (model)) > 0 && is_loaded (self, 0));
  paint (self);
  took = g_get_monotonic_time () - start;
  g_array_append_val (figures->first_rows, took);
  n = g_list_model_get_n_items (G_LIST_MODEL (model));

  jump (self, 1000, n);
  tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), scroll_cb, self, NULL);
  g_array_set_size (self->frames, 0);
  WAIT (self, self->frames->len >= N_FRAMES);
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), tick);
  g_array_append_vals (figures->frames, self->frames->data, self->frames->len);

  before = get_resident ();
  for (guint i = 0; i < N_JUMPS; i++)
    jump (self, (guint) g_rand_int_range (rand, 0, (gint32) n), n);
  if (figures->first_rows->len == 1)
    figures->growth = get_resident () - before;

  gtk_column_view_set_model (self->view, NULL);
  self->list = NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
connect_to (Bench *self, const char *file)
{
  g_autoptr (JsonNode) ready = bench_ready_load (file);
  gboolean done = FALSE;

  self->clock = baton_clock_new_fake (g_get_real_time ());
  self->connection = bench_ready_connect (baton_json_peek_root_object (ready), self->clock);
  /* The list's own time is wanted, not that of signing in. */
  baton_token_keeper_get_token_async (baton_connection_get_keeper (self->connection), NULL,
                                      answered_cb, &done);
  WAIT (self, done);
}

/* As many rows in memory as the service has, with the records of its first page over and over. */
static GListModel *
make_memory (Bench *self)
{
  g_autoptr (BatonPagedList) list = baton_paged_list_new (self->connection, self->jobs);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  GListStore *store = g_list_store_new (BATON_TYPE_ROW);
  guint n;

  WAIT (self, baton_paged_list_get_total (list) >= 0);
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonRow) page = g_list_model_get_item (G_LIST_MODEL (list), i % MIN (n, 100));
      BatonRow *row = baton_row_new (i);

      baton_row_set_record (row, baton_row_get_record (page));
      g_ptr_array_add (rows, row);
    }
  g_list_store_splice (store, 0, 0, rows->pdata, rows->len);
  return G_LIST_MODEL (store);
}

static void
print_row (const char *what, double baton, double beside, const char *goal)
{
  g_autofree char *ratio = beside > 0.05 ? g_strdup_printf ("%.2f", baton / beside) : g_strdup ("-");
  g_autofree char *left = g_strdup_printf ("%.1f", baton);
  g_autofree char *right = g_strdup_printf ("%.1f", beside);

  g_print ("%-58s %14s %14s %8s  %s\n", what, left, right, ratio, goal);
}

int
main (int argc, char *argv[])
{
  Bench self = { .jobs = baton_catalogue_find ("jobs") };
  Figures memory, baton;

  figures_init (&memory);
  figures_init (&baton);

  if (argc != 2)
    {
      g_printerr ("one file is needed: the ready line of a sandbox\n");
      return 2;
    }
  gtk_init ();
  g_timeout_add (5, wake_cb, NULL);
  self.frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  connect_to (&self, argv[1]);
  self.memory = make_memory (&self);
  make_window (&self);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (BatonPagedList) list = NULL;

      measure (&self, NULL, &memory);
      list = baton_paged_list_new (self.connection, self.jobs);
      measure (&self, list, &baton);
    }
  print_row ("a million jobs, first rows, ms (beside: in memory)", pick (baton.first_rows, 0.5),
             pick (memory.first_rows, 0.5), "");
  print_row ("scrolling them, a frame, median ms (beside: in memory)", pick (baton.frames, 0.5),
             pick (memory.frames, 0.5), "<= 1.1");
  print_row ("scrolling them, a frame, 95 % ms (beside: in memory)", pick (baton.frames, 0.95),
             pick (memory.frames, 0.95), "<= 1.1");
  print_row ("200 jumps in them, MB more (beside: in memory)", baton.growth, memory.growth,
             "<= 30 MB");

  figures_clear (&memory);
  figures_clear (&baton);
  gtk_window_destroy (self.window);
  g_object_unref (self.memory);
  g_object_unref (self.connection);
  g_object_unref (self.clock);
  g_array_unref (self.frames);
  return 0;
}
