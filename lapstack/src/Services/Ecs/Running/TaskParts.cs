using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>What running a task takes.</summary>
internal sealed record TaskParts(
    TaskStore Store,
    ContainerProgram Programs,
    TaskEndpoints Endpoints,
    ILogs Logs,
    IAuthorizer Authorizer,
    ProcessLedger Ledger,
    EcsTimings Timings,
    Ids Ids,
    Account Account,
    TimeProvider Clock);
