/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-blob.h"
#include "sandbox-seed-private.h"
#include "sandbox-sets.h"

/* Who approves an invoice, by its sum. */
static const char dmn[]
    = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"approval\" "
      "name=\"Invoice approval\" namespace=\"urn:acme:approval\">\n"
      "  <decision id=\"approver\" name=\"Approver\">\n"
      "    <decisionTable id=\"table\" hitPolicy=\"FIRST\">\n"
      "      <input id=\"sum\" label=\"Sum\"><inputExpression id=\"e\" typeRef=\"number\">"
      "<text>sum</text></inputExpression></input>\n"
      "      <output id=\"who\" label=\"Approver\" name=\"approver\" typeRef=\"string\"/>\n"
      "      <rule id=\"r1\"><inputEntry id=\"i1\"><text>&lt; 1000</text></inputEntry>"
      "<outputEntry id=\"o1\"><text>\"Nobody\"</text></outputEntry></rule>\n"
      "      <rule id=\"r2\"><inputEntry id=\"i2\"><text>-</text></inputEntry>"
      "<outputEntry id=\"o2\"><text>\"Head of department\"</text></outputEntry></rule>\n"
      "    </decisionTable>\n"
      "  </decision>\n"
      "</definitions>\n";

void
sandbox_seed_business_rules (SandboxSeed *self)
{
  gint64 created = self->now - 45 * SANDBOX_DAY;
  g_autoptr (GBytes) content = g_bytes_new_static (dmn, sizeof dmn - 1);
  char key[37], version_key[37];
  gint64 version;

  sandbox_seed_guid (self, key);
  sandbox_insert (self->store, "BusinessRules", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_INT ("OrganizationUnitId", sandbox_seed_get_folder (self, "Shared")->id),
                  SANDBOX_TEXT ("Id", key), SANDBOX_TEXT ("Name", "Invoice approval"),
                  SANDBOX_TEXT ("Description", "Who approves an invoice, by its sum"),
                  SANDBOX_TIME ("CreationTime", created),
                  SANDBOX_INT ("CreatorUserId", self->admin));
  version = sandbox_insert (
      self->store, "BusinessRuleVersions", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_TEXT ("Id", sandbox_seed_guid (self, version_key)),
      SANDBOX_TEXT ("BusinessRuleKey", key), SANDBOX_TEXT ("VersionNumber", "1.0.0"),
      SANDBOX_INT ("IsActive", TRUE), SANDBOX_TIME ("CreationTime", created),
      SANDBOX_INT ("CreatorUserId", self->admin));
  sandbox_blob_write (self->store, &sandbox_set_business_rule_versions, version, "",
                      "application/xml", content);
}
