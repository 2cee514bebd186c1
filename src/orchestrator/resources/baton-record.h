/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BatonRecord:
 *
 * One entity as a list shows it: the values of a resource's fields in one packed block. Immutable,
 * counted, any thread. Values are found by the field's position in BatonResource.fields.
 */
typedef struct _BatonRecord BatonRecord;
typedef struct _BatonResource BatonResource;
#define BATON_TYPE_RECORD (baton_record_get_type ())
GType baton_record_get_type (void);

/* Errors: BAD_ANSWER where @object has no key. */
BatonRecord *baton_record_new (const BatonResource *resource, JsonObject *object, GError **error);
BatonRecord *baton_record_ref (BatonRecord *self);
void baton_record_unref (BatonRecord *self);

const BatonResource *baton_record_get_resource (BatonRecord *self);
const char *baton_record_get_key (BatonRecord *self);                  /* as text, never NULL */
const char *baton_record_get_name (BatonRecord *self);                 /* what to call it */
gint64 baton_record_get_folder (BatonRecord *self);                    /* OrganizationUnitId, 0 where it has none */
const char *baton_record_get_text (BatonRecord *self, guint field);    /* (nullable) as it came */
/* Numbers; bools 0 or 1; times, and spans up to now where there is no end, in microseconds; of a state its place
 * in BatonField.states, -1 where it is absent or not known. 0 where absent. */
gint64 baton_record_get_number (BatonRecord *self, guint field);
gboolean baton_record_equal (BatonRecord *a, BatonRecord *b);
/* By the field's id. (nullable) */
const char *baton_record_get (BatonRecord *self, const char *field_id);
gint64 baton_record_get_int (BatonRecord *self, const char *field_id);

/* Returns: (transfer full): the value as a person reads it: local times, durations, the state's
 * word. "" where absent. */
char *baton_record_dup_display (BatonRecord *self, guint field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonRecord, baton_record_unref)

G_END_DECLS
