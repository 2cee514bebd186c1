/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

/* Who and what is in a folder: views over what is assigned there and above. */

static const SandboxField users_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "UserEntity", SANDBOX_FIELD_JSON },
  { "Roles", SANDBOX_FIELD_JSON },
  { "HasAlertsEnabled", SANDBOX_FIELD_BOOL },
  { "FolderId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "WithInherited", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

#define TRUTH(condition) "json(iif(" condition ", 'true', 'false'))"
#define TYPE                                                                                       \
  "CASE u.\"Type\" WHEN 0 THEN 'User' WHEN 1 THEN 'Robot' WHEN 2 THEN 'DirectoryUser'"             \
  " WHEN 3 THEN 'DirectoryGroup' WHEN 4 THEN 'DirectoryRobot'"                                     \
  " ELSE 'DirectoryExternalApplication' END"

/* Each account twice, without and with what it inherits. A member that is null is left out, as
 * json_patch() does. */
const SandboxEntitySet sandbox_set_folder_users = {
  .name = "UsersOfFolders",
  .type = "UserRolesDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = users_fields,
  .query = "SELECT (a.\"FolderId\" * 1000000 + u.\"Id\") * 2 + s.scope AS rowid, u.\"TenantId\","
           " a.\"FolderId\", s.scope AS \"WithInherited\", u.\"Id\", 0 AS \"HasAlertsEnabled\","
           " json_patch('{}', json_object('Id', u.\"Id\", 'UserName', u.\"UserName\","
           " 'FullName', u.\"FullName\", 'Type', " TYPE ", 'Source', 'Orchestrator',"
           " 'IsInherited', " TRUTH (
               "min(a.\"Distance\") > 0") ","
                                          " 'MayHaveAttended', " TRUTH ("ifnull(u."
                                                                        "\"MayHaveRobotSession\", "
                                                                        "0)") ","
                                                                              " 'MayHaveUnattended'"
                                                                              ", " TRUTH (
                                                                                  "ifnull(u."
                                                                                  "\"MayHaveUnatten"
                                                                                  "dedSession\", "
                                                                                  "0)") ","
                                                                                        " '"
                                                                                        "AssignedTo"
                                                                                        "FolderIds'"
                                                                                        ", (SELECT "
                                                                                        "json_"
                                                                                        "group_"
                                                                                        "array("
                                                                                        "DISTINCT "
                                                                                        "d."
                                                                                        "\"FolderId"
                                                                                        "\") FROM"
                                                                                        " \"FolderU"
                                                                                        "sers\" d "
                                                                                        "WHERE "
                                                                                        "d."
                                                                                        "\"UserId\""
                                                                                        " = "
                                                                                        "u.\"Id\"))"
                                                                                        ") AS "
                                                                                        "\"UserEnti"
                                                                                        "ty\","
                                                                                        " json_"
                                                                                        "group_"
                                                                                        "array("
                                                                                        "json_"
                                                                                        "patch('{}'"
                                                                                        ", "
                                                                                        "json_"
                                                                                        "object('"
                                                                                        "Id', "
                                                                                        "r.\"Id\", "
                                                                                        "'Name', "
                                                                                        "r."
                                                                                        "\"Name\","
                                                                                        " 'Origin',"
                                                                                        " iif(a."
                                                                                        "\"Distance"
                                                                                        "\" = 0, "
                                                                                        "'Assigned'"
                                                                                        ", "
                                                                                        "'Inherited"
                                                                                        "'),"
                                                                                        " '"
                                                                                        "RoleType',"
                                                                                        " CASE "
                                                                                        "r."
                                                                                        "\"Type\" "
                                                                                        "WHEN 0 "
                                                                                        "THEN "
                                                                                        "'Mixed' "
                                                                                        "WHEN 1 "
                                                                                        "THEN "
                                                                                        "'Tenant' "
                                                                                        "ELSE "
                                                                                        "'Folder' "
                                                                                        "END,"
                                                                                        " '"
                                                                                        "InheritedF"
                                                                                        "romFolder'"
                                                                                        ", "
                                                                                        "json(iif("
                                                                                        "a."
                                                                                        "\"Distance"
                                                                                        "\" = 0, "
                                                                                        "NULL, "
                                                                                        "json_"
                                                                                        "object('"
                                                                                        "Id', "
                                                                                        "f.\"Id\","
                                                                                        " '"
                                                                                        "DisplayNam"
                                                                                        "e', "
                                                                                        "f."
                                                                                        "\"DisplayN"
                                                                                        "ame\", "
                                                                                        "'FullyQual"
                                                                                        "ifiedName'"
                                                                                        ", "
                                                                                        "f."
                                                                                        "\"FullyQua"
                                                                                        "lifiedName"
                                                                                        "\"))))))"
                                                                                        " FILTER "
                                                                                        "(WHERE "
                                                                                        "r.\"Id\" "
                                                                                        "IS NOT "
                                                                                        "NULL) AS "
                                                                                        "\"Roles\""
                                                                                        " FROM "
                                                                                        "\"FolderUs"
                                                                                        "ers\" l "
                                                                                        "JOIN "
                                                                                        "\"FolderAn"
                                                                                        "cestors\" "
                                                                                        "a ON "
                                                                                        "a."
                                                                                        "\"Ancestor"
                                                                                        "Id\" = "
                                                                                        "l."
                                                                                        "\"FolderId"
                                                                                        "\""
                                                                                        " JOIN "
                                                                                        "\"Users\" "
                                                                                        "u ON "
                                                                                        "u.\"Id\" "
                                                                                        "= "
                                                                                        "l."
                                                                                        "\"UserId\""
                                                                                        " JOIN "
                                                                                        "\"Folders"
                                                                                        "\" f ON "
                                                                                        "f.\"Id\" "
                                                                                        "= "
                                                                                        "l."
                                                                                        "\"FolderId"
                                                                                        "\""
                                                                                        " LEFT "
                                                                                        "JOIN "
                                                                                        "\"Roles\" "
                                                                                        "r ON "
                                                                                        "r.\"Id\" "
                                                                                        "= "
                                                                                        "l."
                                                                                        "\"RoleId\""
                                                                                        " JOIN "
                                                                                        "(SELECT 0 "
                                                                                        "AS scope "
                                                                                        "UNION ALL "
                                                                                        "SELECT 1) "
                                                                                        "s ON "
                                                                                        "s.scope = "
                                                                                        "1 OR "
                                                                                        "a."
                                                                                        "\"Distance"
                                                                                        "\" = 0"
                                                                                        " GROUP BY "
                                                                                        "a."
                                                                                        "\"FolderId"
                                                                                        "\", "
                                                                                        "u.\"Id\", "
                                                                                        "s.scope",
};

static const SandboxField machines_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "LicenseKey", SANDBOX_FIELD_STRING },
  { "Name", SANDBOX_FIELD_STRING },
  { "Description", SANDBOX_FIELD_STRING },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_type },
  { "Scope", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_scope },
  { "NonProductionSlots", SANDBOX_FIELD_INT32 },
  { "UnattendedSlots", SANDBOX_FIELD_INT32 },
  { "HeadlessSlots", SANDBOX_FIELD_INT32 },
  { "TestAutomationSlots", SANDBOX_FIELD_INT32 },
  { "HostingSlots", SANDBOX_FIELD_INT32 },
  { "AppTestSlots", SANDBOX_FIELD_INT32 },
  { "PerformanceTestSlots", SANDBOX_FIELD_INT32 },
  { "AutomationCloudSlots", SANDBOX_FIELD_INT32 },
  { "AutomationCloudTestAutomationSlots", SANDBOX_FIELD_INT32 },
  { "Key", SANDBOX_FIELD_GUID },
  { "EndpointDetectionStatus", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE,
    sandbox_enum_detection_status },
  { "RobotVersions", SANDBOX_FIELD_JSON },
  { "RobotUsers", SANDBOX_FIELD_JSON },
  { "AutomationType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_automation_type },
  { "TargetFramework", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_framework },
  { "ServerlessLicensingModel", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE,
    sandbox_enum_serverless_licensing },
  { "UpdatePolicy", SANDBOX_FIELD_JSON },
  { "Tags", SANDBOX_FIELD_JSON },
  { "MaintenanceWindow", SANDBOX_FIELD_JSON },
  { "VpnSettings", SANDBOX_FIELD_JSON },
  { "UpdateInfo", SANDBOX_FIELD_JSON },
  { "IsAssignedToFolder", SANDBOX_FIELD_BOOL },
  { "HasMachineRobots", SANDBOX_FIELD_BOOL },
  { "IsInherited", SANDBOX_FIELD_BOOL },
  { "PropagateToSubFolders", SANDBOX_FIELD_BOOL },
  { "InheritedFromFolderName", SANDBOX_FIELD_STRING },
  { "FolderId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

/* How the machine "m" comes to the folder "f": by itself, or from the nearest above that hands it
 * down. */
#define ASSIGNED                                                                                   \
  " FROM \"FolderMachines\" l WHERE l.\"FolderId\" = f.\"Id\" AND l.\"MachineId\" = m.\"Id\""
#define INHERITED                                                                                  \
  " FROM \"FolderMachines\" l JOIN \"FolderAncestors\" a ON a.\"AncestorId\" = l.\"FolderId\""     \
  " JOIN \"Folders\" o ON o.\"Id\" = l.\"FolderId\" WHERE a.\"FolderId\" = f.\"Id\""               \
  " AND a.\"Distance\" > 0 AND l.\"Propagate\" AND l.\"MachineId\" = m.\"Id\""                     \
  " ORDER BY a.\"Distance\" LIMIT 1"

/* Every machine of the tenant in every folder, and whether it is there. */
const SandboxEntitySet sandbox_set_folder_machines = {
  .name = "MachinesOfFolders",
  .type = "MachineFolderDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Name",
  .fields = machines_fields,
  .query = "SELECT f.\"Id\" * 1000000 + m.\"Id\" AS rowid, m.*, f.\"Id\" AS \"FolderId\","
           " EXISTS (SELECT 1" ASSIGNED ") AS \"IsAssignedToFolder\","
           " EXISTS (SELECT 1 FROM \"Robots\" r WHERE r.\"MachineId\" = m.\"Id\")"
           " AS \"HasMachineRobots\", EXISTS (SELECT 1" INHERITED ") AS \"IsInherited\","
           " ifnull((SELECT l.\"Propagate\"" ASSIGNED "), 0) AS \"PropagateToSubFolders\","
           " (SELECT o.\"FullyQualifiedName\"" INHERITED ") AS \"InheritedFromFolderName\""
           " FROM \"Folders\" f JOIN \"Machines\" m ON m.\"TenantId\" = f.\"TenantId\"",
};

static const SandboxField changes_fields[] = {
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "MachineName", SANDBOX_FIELD_STRING },
  { "OldMachineFolderState", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE,
    sandbox_enum_machine_folder_state },
  { "NewMachineFolderState", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE,
    sandbox_enum_machine_folder_state },
  { "FolderId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "TargetId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

/* What would become of each machine in each folder below each other, 0 for the top. The numbers of
 * the states are those of the enumeration. */
const SandboxEntitySet sandbox_set_move_folder_machine_changes = {
  .name = "MoveFolderMachineChanges",
  .type = "MoveFolderMachineChange",
  .key = "MachineId",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "MachineName",
  .fields = changes_fields,
  .query
  = "SELECT * FROM (SELECT (f.\"Id\" * 32768 + t.id) * 32768 + m.\"Id\" AS rowid, f.\"TenantId\","
    " m.\"Id\" AS \"MachineId\", m.\"Name\" AS \"MachineName\", f.\"Id\" AS \"FolderId\","
    " t.id AS \"TargetId\", iif(EXISTS (SELECT 1" ASSIGNED "), 2,"
    " iif(EXISTS (SELECT 1" INHERITED "), 3, 1)) AS \"OldMachineFolderState\","
    " iif(EXISTS (SELECT 1" ASSIGNED "), 2, iif(EXISTS (SELECT 1 FROM \"FolderMachines\" l"
    " JOIN \"FolderAncestors\" a ON a.\"AncestorId\" = l.\"FolderId\" WHERE a.\"FolderId\" = t.id"
    " AND l.\"Propagate\" AND l.\"MachineId\" = m.\"Id\"), 3, 1)) AS \"NewMachineFolderState\""
    " FROM \"Folders\" f JOIN (SELECT \"Id\" AS id, \"TenantId\" AS tenant FROM \"Folders\""
    " UNION ALL SELECT DISTINCT 0, \"TenantId\" FROM \"Folders\") t ON t.tenant = f.\"TenantId\""
    " JOIN \"Machines\" m ON m.\"TenantId\" = f.\"TenantId\")"
    " WHERE \"OldMachineFolderState\" <> \"NewMachineFolderState\"",
};
