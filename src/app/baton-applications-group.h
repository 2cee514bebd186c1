/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-server-group.h"

G_BEGIN_DECLS

/* The external applications of the organisation: listed, made, edited, their secrets added, rotated
 * and deleted. */
#define BATON_TYPE_APPLICATIONS_GROUP (baton_applications_group_get_type ())
G_DECLARE_FINAL_TYPE (
    BatonApplicationsGroup, baton_applications_group, BATON, APPLICATIONS_GROUP, BatonServerGroup)

G_END_DECLS
