/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* Asks once, saying what will stop working; revokes on the server and forgets in the keyring; shows both outcomes. @parent: (nullable). Main thread. */
void baton_revocation_ask (GtkWindow *parent, BatonConnection *connection);

G_END_DECLS
