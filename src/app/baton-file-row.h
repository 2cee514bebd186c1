/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A title, the path of a file or none, and buttons to choose one and to take it out again.
 * Property: path (nullable). Main thread. */
#define BATON_TYPE_FILE_ROW (baton_file_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonFileRow, baton_file_row, BATON, FILE_ROW, AdwActionRow)

/* @path: (nullable). */
void baton_file_row_set_path (BatonFileRow *self, const char *path);
const char *baton_file_row_get_path (BatonFileRow *self); /* (nullable) */
/* Adds a kind of file to choose from. @name: translated. @patterns: "*.pem;*.crt". */
void baton_file_row_add_kind (BatonFileRow *self, const char *name, const char *patterns);

G_END_DECLS
