using Amazon.Lambda.Core;
using Jobs.Core;
using Jobs.Core.Composition;
using Jobs.Core.Engine;
using Jobs.Functions;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>An execution environment: the real functions and the real Core, on ports of this process.</summary>
internal sealed class Sandbox : Process, ILambdaContext, ILambdaLogger
{
    private DateTimeOffset _deadline;

    public Sandbox(SimulatedWorld world, string name)
        : base(world, name, CallFaults.OfFunction)
    {
        Generation = world.Generation;
        var plane = new ControlPlane(
            new SimulatedPorts(this),
            world.Catalog,
            new ControlPlaneSettings(Stack) { CpuLimit = world.Schedule.CpuLimit },
            world.Clock);
        Inbox = new Inbox(new SimulatedDeadLetters(this), world.Clock);
        Engine = plane.Engine;
        OnUpload = new OnUploadFunction(Inbox, plane.Uploads, Engine, plane.Dispatcher, world.Clock);
        OnTaskStopped = new OnTaskStoppedFunction(Inbox, Engine, plane.Dispatcher, world.Clock);
        OnSchedule = new OnScheduleFunction(Inbox, plane.Schedules, Engine, plane.Dispatcher, world.Clock);
        OnCommand = new OnCommandFunction(Inbox, plane.Commands, Roles, Engine, plane.Dispatcher, world.Clock);
        OnBacklog = new OnBacklogFunction(plane.Backlog, world.Catalog, Stack, Engine, plane.Dispatcher, world.Clock);
        OnTick = new OnTickFunction(
            plane.Sweep, plane.ScheduleWatch, plane.Alerts, plane.Replayer, plane.Dispatcher, plane.CatalogPublisher,
            plane.Pauses, world.Clock);
    }

    /// <summary>The deployment that the environment was made of.</summary>
    public int Generation { get; }

    public Inbox Inbox { get; }

    public RunEngine Engine { get; }

    public OnUploadFunction OnUpload { get; }

    public OnTaskStoppedFunction OnTaskStopped { get; }

    public OnScheduleFunction OnSchedule { get; }

    public OnCommandFunction OnCommand { get; }

    public OnTickFunction OnTick { get; }

    public OnBacklogFunction OnBacklog { get; }

    public string AwsRequestId => Name;

    public IClientContext ClientContext => null!;

    public string FunctionName => Name;

    public string FunctionVersion => "1";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => Name;

    public ILambdaLogger Logger => this;

    public string LogGroupName => Name;

    public string LogStreamName => Name;

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime => _deadline - World.Loop.Now;

    // Only one job may submit others.
    private static Submitters Roles { get; } = Submitters.Parse(
        $"{RoleOf(SimulatedJobs.Splitter.Name)}={SimulatedJobs.Splitter.Name}");

    private static StackInfo Stack { get; } = new("jobs", "eu-central-1", "jobs");

    /// <summary>The id of a job's role.</summary>
    public static string RoleOf(string job) => $"AROA{job.ToUpperInvariant()}";

    public void Begin(TimeSpan timeout) => _deadline = World.Loop.Now + timeout;

    public void Log(string message) => LogLine(message);

    public void LogLine(string message)
    {
        // The inbox logs what it does not throw.
        var isThrown = message.Contains("is received again", StringComparison.Ordinal)
            && !message.Contains("in case a deployment is under way", StringComparison.Ordinal);
        if (isThrown) World.Witness.Logged(Name, message);
        World.Trace.Note(Name, "logs", $"{message.Split('\n')[0]}");
    }

    public void Log(string level, string message, params object[] args) => LogLine(message);
}
