/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* A sandbox of its own in a process of its own, and a connection that is signed in to it with its user key. */
typedef struct
{
  GSubprocess *process;   /* (owned) */
  GOutputStream *stdin_;  /* (unowned): the sandbox ends when it closes */
  char *origin;           /* (owned) */
  BatonAccount *account;  /* (owned) */
  BatonSecretStore *store; /* (owned) */
  BatonConnection *connection; /* (owned) */
} UiFixture;

/* @arguments: (nullable): further options of baton-sandbox, NULL-terminated. */
void ui_fixture_set_up (UiFixture *fixture, const char *const *arguments);
/* Asserts that the connection goes with the last reference. */
void ui_fixture_tear_down (UiFixture *fixture);

/* Signs in to the sandbox otherwise, which succeeds. Returns: (transfer full). */
BatonConnection *ui_fixture_sign_in (UiFixture *fixture, BatonAccount *account, BatonSecret *secret);

/* Runs the main context until @condition or 20 seconds have passed, then fails. */
#define ui_wait(condition) \
  G_STMT_START \
  { \
    gint64 ui_deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC; \
    while (!(condition) && g_get_monotonic_time () < ui_deadline) \
      ui_iterate (); \
    g_assert_true (condition); \
  } \
  G_STMT_END
/* Gives up the reference in the variable @pointer, and waits for what is on its way still and then for the object to go. */
#define ui_assert_goes(pointer) \
  G_STMT_START \
  { \
    g_object_add_weak_pointer (G_OBJECT (pointer), (gpointer *) &(pointer)); \
    g_object_unref (pointer); \
    ui_wait ((pointer) == NULL); \
  } \
  G_STMT_END
/* One round of the main context; comes back after 20 ms at the latest. */
void ui_iterate (void);
/* Until nothing is waiting. */
void ui_settle (void);

/* Returns: (transfer none): a window that shows @child (transfer floating). Ends with ui_close(). */
GtkWidget *ui_open (GtkWidget *child, int width, int height);
void ui_close (GtkWidget *window);
/* The window of @type that is open. (nullable) */
GtkWidget *ui_find_window (GType type);
/* The first descendant of @root of @type whose accessible label, label or text is @name (nullable: any). (nullable) */
GtkWidget *ui_find (GtkWidget *root, GType type, const char *name);

/* Presses the button of that name, which can be pressed. */
void ui_click (GtkWidget *root, const char *name);

/* Returns: (transfer none): by the name that is fixed for assistive technology, the text inside the row. */
GtkEditable *ui_get_entry (GtkWidget *root, const char *name);
void ui_type (GtkWidget *root, const char *name, const char *text);
void ui_assert_text (GtkWidget *root, const char *name, const char *text);
/* Whether the first label with that text, or one with @part in its text, is on the screen. */
gboolean ui_shows (GtkWidget *root, const char *text);
gboolean ui_says (GtkWidget *root, const char *part);
/* Whether the toggle of that name is down; or puts it down. */
gboolean ui_is_chosen (GtkWidget *root, const char *name);
void ui_choose (GtkWidget *root, const char *name);

G_END_DECLS
