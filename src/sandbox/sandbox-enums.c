/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"

const char *const sandbox_enum_runtime_type[] = {
  "NonProduction", "Attended", "Unattended", "Development", "Studio", "RpaDeveloper", "StudioX",
  "CitizenDeveloper", "Headless", "StudioPro", "RpaDeveloperPro", "TestAutomation",
  "AutomationCloud", "Serverless", "AutomationKit", "ServerlessTestAutomation",
  "AutomationCloudTestAutomation", "AttendedStudioWeb", "Hosting", "AssistantWeb",
  "ProcessOrchestration", "AgentService", "AppTest", "PerformanceTest", NULL,
};

const char *const sandbox_enum_job_state[] = {
  "Pending", "Running", "Stopping", "Terminating", "Faulted", "Successful", "Stopped",
  "Suspended", "Resumed", NULL,
};

const char *const sandbox_enum_job_source_type[] = {
  "Manual", "Schedule", "Agent", "Queue", "StudioWeb", "IntegrationTrigger", "StudioDesktop",
  "AutomationOpsPipelines", "Apps", "SAP", "HttpTrigger", "HttpTriggerCallback", "RobotAPI",
  "CommandLine", "RobotNetAPI", "Autopilot", "TestManager", "AgentService",
  "ProcessOrchestration", "PluginEcosystem", "PerformanceTesting", "AgentHub", "ApiWorkflow", NULL,
};

const char *const sandbox_enum_job_type[] = {
  "Unattended", "Attended", "ServerlessGeneric", NULL,
};

const char *const sandbox_enum_job_priority[] = {
  "Low", "Normal", "High", NULL,
};

const char *const sandbox_enum_stop_strategy[] = {
  "SoftStop", "Kill", NULL,
};

const char *const sandbox_enum_process_type[] = {
  "Undefined", "Process", "ProcessOrchestration", "WebApp", "Agent", "TestAutomationProcess",
  "Api", "MCPServer", "BusinessRules", "CaseManagement", NULL,
};

const char *const sandbox_enum_remote_control[] = {
  "None", "ReadOnly", "Full", NULL,
};

const char *const sandbox_enum_serverless_job_type[] = {
  "RobotJob", "WebApp", "LoadTest", "StudioWebDesigner", "PublishStudioProject", "JsApi",
  "PythonCodedAgent", "MCPServer", NULL,
};

const char *const sandbox_enum_folder_type[] = {
  "Standard", "Personal", "Virtual", "Solution", "DebugSolution", NULL,
};

const char *const sandbox_enum_provision_type[] = {
  "Manual", "Automatic", NULL,
};

const char *const sandbox_enum_permission_model[] = {
  "InheritFromTenant", "FineGrained", NULL,
};

const char *const sandbox_enum_feed_type[] = {
  "Undefined", "Processes", "Libraries", "PersonalWorkspace", "FolderHierarchy", NULL,
};

const char *const sandbox_enum_target_framework[] = {
  "Legacy", "Windows", "Portable", NULL,
};

const char *const sandbox_enum_robot_size[] = {
  "Small", "Standard", "Medium", "Large", NULL,
};

const char *const sandbox_enum_queue_item_status[] = {
  "New", "InProgress", "Failed", "Successful", "Abandoned", "Retried", "Deleted", NULL,
};

const char *const sandbox_enum_review_status[] = {
  "None", "InReview", "Verified", "Retried", NULL,
};

const char *const sandbox_enum_exception_type[] = {
  "ApplicationException", "BusinessException", NULL,
};

const char *const sandbox_enum_queue_item_priority[] = {
  "High", "Normal", "Low", NULL,
};

const char *const sandbox_enum_item_event[] = {
  "Create", "Edit", "Delete", "Status", "Retry", NULL,
};

const char *const sandbox_enum_report_type[] = {
  "All", "Minute", "Hour", "Day", NULL,
};

const char *const sandbox_enum_retention_action[] = {
  "Delete", "Archive", "None", NULL,
};

const char *const sandbox_enum_retention_type[] = {
  "Final", "Stale", NULL,
};

const char *const sandbox_enum_test_set_source[] = {
  "User", "ExternalTool", "Transient", NULL,
};

const char *const sandbox_enum_test_status[] = {
  "Pending", "Running", "Cancelling", "Passed", "Failed", "Cancelled", NULL,
};

const char *const sandbox_enum_test_trigger[] = {
  "Manual", "Scheduled", "ExternalTool", "TestManager", NULL,
};

const char *const sandbox_enum_coverage_status[] = {
  "Disabled", "Pending", "Processing", "Completed", NULL,
};

const char *const sandbox_enum_test_case_type[] = {
  "TestCase", "TestDataSetup", NULL,
};

const char *const sandbox_enum_task_status[] = {
  "Unassigned", "Pending", "Completed", NULL,
};

const char *const sandbox_enum_assignment_criteria[] = {
  "SingleUser", "Workload", "AllUsers", "Hierarchy", NULL,
};

const char *const sandbox_enum_task_type[] = {
  "FormTask", "ExternalTask", "DocumentValidationTask", "DocumentClassificationTask",
  "DataLabelingTask", "AppTask", NULL,
};

const char *const sandbox_enum_task_priority[] = {
  "Low", "Medium", "High", "Critical", NULL,
};

const char *const sandbox_enum_task_activity[] = {
  "Created", "Assigned", "Reassigned", "Unassigned", "Saved", "Forwarded", "Completed",
  "Commented", "Deleted", "BulkSaved", "BulkCompleted", "FirstOpened", NULL,
};

const char *const sandbox_enum_asset_scope[] = {
  "Global", "PerRobot", NULL,
};

const char *const sandbox_enum_asset_type[] = {
  "DBConnectionString", "HttpConnectionString", "Text", "Bool", "Integer", "Credential",
  "WindowsCredential", "KeyValueList", "Secret", NULL,
};

const char *const sandbox_enum_log_level[] = {
  "Trace", "Debug", "Info", "Warn", "Error", "Fatal", NULL,
};

const char *const sandbox_enum_hosting_type[] = {
  "Standard", "Floating", NULL,
};

const char *const sandbox_enum_credential_type[] = {
  "Default", "SmartCard", "NCipher", "SafeNet", "NoCredential", NULL,
};

const char *const sandbox_enum_machine_type[] = {
  "Standard", "Template", NULL,
};

const char *const sandbox_enum_machine_scope[] = {
  "Default", "Shared", "PersonalWorkspace", "Cloud", "Serverless", "AutomationCloudRobot",
  "ElasticRobot", "ProcessOrchestration", "AgentService", NULL,
};

const char *const sandbox_enum_detection_status[] = {
  "NotAvailable", "Mixed", "Enabled", NULL,
};

const char *const sandbox_enum_automation_type[] = {
  "Any", "Foreground", "Background", NULL,
};

const char *const sandbox_enum_machine_framework[] = {
  "Any", "Windows", "Portable", NULL,
};

const char *const sandbox_enum_serverless_licensing[] = {
  "RobotUnits", "LicenseSlots", NULL,
};

const char *const sandbox_enum_session_state[] = {
  "Available", "Busy", "Disconnected", "Unknown", NULL,
};

const char *const sandbox_enum_license_error[] = {
  "NoLicense", "LicenseExpired", "LicenseUnregistered", "NoAvailableLicenses",
  "NotEnoughAvailableSlots", "NotEnoughRuntimeLicenses", "LicenseIsAlreadyInUse",
  "InvalidRequest", "SlotsExceedLicenseLimit", "RuntimeDisabled", "ExternalNotSupported",
  "UsageExceedsLicenseLimit", "LicenseNotCompatible", NULL,
};

const char *const sandbox_enum_session_type[] = {
  "LongLived", "Ephemeral", NULL,
};

const char *const sandbox_enum_session_source[] = {
  "Assistant", "StudioWeb", "StudioDesktop", NULL,
};

const char *const sandbox_enum_platform[] = {
  "Unknown", "Windows", "Linux", "OSX", NULL,
};

const char *const sandbox_enum_user_type[] = {
  "User", "Robot", "DirectoryUser", "DirectoryGroup", "DirectoryRobot",
  "DirectoryExternalApplication", NULL,
};

const char *const sandbox_enum_role_type[] = {
  "Mixed", "Tenant", "Folder", NULL,
};

const char *const sandbox_enum_permission_scope[] = {
  "Global", "Folder", "GlobalOrFolder", NULL,
};

const char *const sandbox_enum_package_type[] = {
  "Undefined", "Process", "ProcessLibrary", "ProcessOrchestration", "WebApp", "Agent",
  "TestAutomationProcess", "Api", "MCPServer", "BusinessRules", "CaseManagement", NULL,
};

const char *const sandbox_enum_project_type[] = {
  "Undefined", "Process", "ProcessLibrary", "BusinessProcess", "BusinessProcessLibrary",
  "TestAutomationProcess", "ProcessOrchestration", "BusinessProcessOrchestration", "WebApp",
  "BusinessWebApp", "Agent", "BusinessAgent", "Api", "MCPServer", "BusinessRules",
  "CaseManagement", NULL,
};

const char *const sandbox_enum_setting_scope[] = {
  "Application", "Tenant", "User", "All", NULL,
};

const char *const sandbox_enum_maintenance_mode[] = {
  "Default", "Enabled", NULL,
};

const char *const sandbox_enum_audit_action[] = {
  "Unknown", "Create", "Update", "Delete", "StartJob", "StopJob", "Associate", "Upload",
  "ChangeStatus", "Import", "ChangePassword", "Register", "Toggle", "ResetPassword",
  "PasswordResetAttempt", "Download", "Acknowledge", "Activate", "Assign", "BulkUpload",
  "UpdateFeature", "ResumeJob", "Start", "End", "Skip", "Unassign", "Deactivate",
  "CreateBlobFileSas", "DeleteBlobFile", "Move", "Set", "StartDelete", "ExploreStart",
  "ExploreEnd", "Save", "Convert", "Forward", "BulkComplete", "BulkSave", "ForceStopJob",
  "MigrateFolder", "EditTaskMetadata", "Archive", "StartMigrateFolders",
  "ToggleUserFolderSubscription", "StartUninstall", "StartInstall", "VideoAccess",
  "AutomaticallyExploreEnd", "InstallState", "FinishInstall", "FinishUninstall", NULL,
};

const char *const sandbox_enum_audit_component[] = {
  "Unknown", "Assets", "Environments", "Processes", "Queues", "Robots", "Roles", "Schedules",
  "Users", "Comments", "Units", "Jobs", "Settings", "Packages", "License", "Tenant", "Machines",
  "Libraries", "Webhooks", "ExecutionMedia", "Monitoring", "CredentialStores",
  "DefaultCredentialStores", "TaskCatalogs", "Tasks", "Maintenance", "Folders",
  "DirectoryService", "Buckets", "Secrets", "PersonalWorkspaces", "CloudSubscriptions",
  "CloudSnapshots", "Sessions", "CredentialsProxies", "StudioWeb", "AutomationSolutions",
  "RemoteControl", "TaskSolutions", "TaskDefinitions", "HttpTriggers", "AutopilotForRobotsData",
  "BusinessRules", "IntegrationTriggers", "JobAttachments", "TestSets", "TestSetSchedules",
  "TestDataQueues", "TestDataQueueItems", NULL,
};

const char *const sandbox_enum_export_type[] = {
  "OrchestratorAudit", "TestAutomationAudit", "Queues", "Logs", "Jobs", "Privileges",
  "RateLimitsReportQueueItems", "RateLimitsReportJobs", "AutopilotForRobotsData", NULL,
};

const char *const sandbox_enum_export_status[] = {
  "New", "InProgress", "Completed", "Failed", NULL,
};

const char *const sandbox_enum_bucket_options[] = {
  "None", "ReadOnly", "AuditReadAccess", "AccessDataThroughOrchestrator", NULL,
};

const char *const sandbox_enum_machine_folder_state[] = {
  "Unknown", "NotAssigned", "Assigned", "Inherited", "EroAcrError", "ServerlessError", NULL,
};

const char *const sandbox_enum_proxy_type[] = {
  "Connected", "Disconnected", NULL,
};

const char *const sandbox_enum_credential_resource[] = {
  "AssetCredential", "RobotCredential", "BucketCredential", "Secrets", "CredentialStore", NULL,
};

const char *const sandbox_enum_alert_component[] = {
  "Robots", "Transactions", "Schedules", "Jobs", "Process", "Tasks", "Queues", "Folders",
  "PersonalWorkspaces", "TestAutomation", "Insights", "CloudRobots", "ConnectedTriggers",
  "Serverless", "Export", "RateLimits", "AutopilotForRobots", "Webhooks", NULL,
};

const char *const sandbox_enum_alert_severity[] = {
  "Info", "Success", "Warn", "Error", "Fatal", NULL,
};

const char *const sandbox_enum_alert_state[] = {
  "Unread", "Read", NULL,
};

const char *const sandbox_enum_maintenance_state[] = {
  "None", "Draining", "Suspended", NULL,
};
