using Lapstack.Processes;
using Lapstack.Seams;
using Lapstack.Services.Logs;

namespace Lapstack.Services.Ecs;

/// <summary>What running a task takes.</summary>
internal sealed record TaskParts(
    TaskStore Store,
    ContainerProgram Programs,
    TaskEndpoints Endpoints,
    LogStore Logs,
    IAuthorizer Authorizer,
    ProcessLedger Ledger,
    EcsTimings Timings,
    Ids Ids,
    Account Account,
    TimeProvider Clock);
