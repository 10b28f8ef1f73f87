using Jobs.Emulator.Processes;
using Jobs.Emulator.Seams;
using Jobs.Emulator.Services.Logs;

namespace Jobs.Emulator.Services.Ecs;

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
