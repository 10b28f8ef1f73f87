using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>What running a task takes.</summary>
internal sealed record TaskParts(
    TaskStore Store,
    ContainerPlanner Planner,
    IContainerEngine Engine,
    DefinitionNotices Notices,
    TaskVolumes Volumes,
    StartGate Gate,
    RoomOnDisk Room,
    TaskEndpoints Endpoints,
    ILogs Logs,
    IAuthorizer Authorizer,
    EcsTimings Timings,
    Ids Ids,
    Account Account,
    TimeProvider Clock);
