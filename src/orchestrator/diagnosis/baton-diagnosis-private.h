/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-check-private.h"
#include "baton-diagnosis.h"

G_BEGIN_DECLS

struct _BatonDiagnosis
{
  GObject parent_instance;

  BatonConnection *connection; /* (owned) */
  BatonClock *clock;           /* (owned) */
  GListStore *checks;          /* (owned) */
  GListStore *tenants;         /* (owned) */

  GTask *task;       /* (owned) (nullable): of the run */
  guint position;    /* of the check that runs */
  BatonCheck *check; /* (unowned) (nullable): the check that runs */

  /* what one check has found for a later one */
  BatonToken *token; /* (owned) (nullable) */
  JsonNode *claims;  /* (owned) (nullable) */
  GPtrArray *seen;   /* (owned) (nullable): BatonTenant, what the token can see */
};

/* One step, as data. */
typedef struct
{
  const char *id;
  const char *title; /* N_() */
  const char *needs; /* (nullable): the check without which this one cannot run */
  /* Ends with one of pass, note and fail, at once or later. */
  void (*run) (BatonDiagnosis *self);
} BatonCheckEntry;

extern const BatonCheckEntry _baton_check_address;
extern const BatonCheckEntry _baton_check_dns;
extern const BatonCheckEntry _baton_check_proxy;
extern const BatonCheckEntry _baton_check_tls;
extern const BatonCheckEntry _baton_check_version;
extern const BatonCheckEntry _baton_check_token;
extern const BatonCheckEntry _baton_check_claims;
extern const BatonCheckEntry _baton_check_organization;
extern const BatonCheckEntry _baton_check_tenant;
extern const BatonCheckEntry _baton_check_folders;
extern const BatonCheckEntry _baton_check_permissions;
extern const BatonCheckEntry _baton_check_scopes;

/* @sentence: (transfer full): translated. */
void _baton_diagnosis_pass (BatonDiagnosis *self, char *sentence);
void _baton_diagnosis_note (BatonDiagnosis *self, char *sentence);
/* @error: (transfer full): of any domain; a cancelled run ends. */
void _baton_diagnosis_fail (BatonDiagnosis *self, GError *error);
/* TRUE where @error only says that the run was cancelled; the run has ended then. */
gboolean _baton_diagnosis_is_over (BatonDiagnosis *self, const GError *error);
void _baton_diagnosis_add_detail (BatonDiagnosis *self, const char *name, const char *value);

BatonAccount *_baton_diagnosis_get_account (BatonDiagnosis *self);
BatonDeployment *_baton_diagnosis_get_deployment (BatonDiagnosis *self);
GCancellable *_baton_diagnosis_get_cancellable (BatonDiagnosis *self);
/* GETs @path of the tenant; the callback gets a reference to @self to give up. */
void _baton_diagnosis_ask (BatonDiagnosis *self,
                           const char *path,
                           gint64 folder,
                           GAsyncReadyCallback callback);

G_END_DECLS
