/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-connection.h"

/* @file: holds the ready line of a sandbox. Returns: (transfer full): what it tells. A file that is none ends the program. */
JsonNode *bench_ready_load (const char *file);

/* Returns: (transfer full): an account that has the sandbox's user key, which memory keeps; nothing is asked yet. */
BatonConnection *bench_ready_connect (JsonObject *ready, BatonClock *clock);
