/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-account.h"

G_BEGIN_DECLS

/**
 * BatonPlaceFields:
 *
 * Where an Orchestrator is: one address in any form, and what Baton makes of it, which a person may
 * correct: the edition, and the addresses of its services. Main thread.
 * Signals: changed (), left () when a person is done with the address, activate () on Enter in it,
 * pasted (text) → TRUE where it was taken.
 */
#define BATON_TYPE_PLACE_FIELDS (baton_place_fields_get_type ())
G_DECLARE_FINAL_TYPE (BatonPlaceFields, baton_place_fields, BATON, PLACE_FIELDS, GtkWidget)

/* Returns: (transfer none) (nullable): NULL while nothing can be made of the address. */
BatonDeployment *baton_place_fields_get_deployment (BatonPlaceFields *self);
/* Fills all fields. */
void baton_place_fields_set_deployment (BatonPlaceFields *self, BatonDeployment *deployment);

const char *baton_place_fields_get_address (BatonPlaceFields *self);
/* @address: (nullable): NULL does nothing. As the program writes it: it is no pasted text. */
void baton_place_fields_set_address (BatonPlaceFields *self, const char *address);
/* Asks the server, over the network of @account, which edition it is, where its name does not say
 * it, once for each; then "changed".
 * What a person chose stands. */
void baton_place_fields_probe (BatonPlaceFields *self, BatonAccount *account);
/* Marks the address as what is wrong. */
void baton_place_fields_set_wrong (BatonPlaceFields *self);

/* @title, @body: (out) (transfer full): what is wrong, translated. Returns: (transfer none)
 * (nullable): the field where; NULL where nothing is. */
GtkWidget *baton_place_fields_check (BatonPlaceFields *self, char **title, char **body);

G_END_DECLS
