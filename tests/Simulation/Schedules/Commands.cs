using Jobs.Core.Commands;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Lambda;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>What people and jobs ask for through the commands queue, and what became of it.</summary>
internal sealed class Commands
{
    /// <summary>What is refused for something that is as it must be only since a moment ago, was read before.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);

    private readonly SimulatedWorld _world;
    private readonly Dictionary<string, Asked> _byBody = [];
    private readonly HashSet<RunId> _made = [];
    private readonly HashSet<RunId> _cancelled = [];

    public Commands(SimulatedWorld world)
    {
        _world = world;
        Queue = new MessageQueue(
            world, "commands", TimeSpan.FromSeconds(80), (sandbox, batch) =>
                sandbox.OnCommand.OnCommand(batch, sandbox));
    }

    public MessageQueue Queue { get; }

    public IEnumerable<Asked> All => _byBody.Values;

    /// <summary>Whether a command asked for the run.</summary>
    public bool AskedFor(RunId run) => _made.Contains(run);

    public bool HasAskedToCancel(RunId run) => _cancelled.Contains(run);

    public void Cancel(RunId run) => Send($$"""{"command":"cancel","id":"c","run":"{{run}}"}""", null);

    public void Retry(RunId run, string id) => Send($$"""{"command":"retry","id":"{{id}}","run":"{{run}}"}""", null);

    public void Submit(string job, string key, string? sender) =>
        Send($$$"""{"command":"submit","id":"{{{key}}}","job":"{{{job}}}","input":{}}""", sender);

    public void SubmitChild(RunId parent, string job, int index) => Send(
        $$$$"""{"command":"submit","id":"{{{{parent.Key}}}}{{{{index}}}}","job":"{{{{job}}}}","input":{},"parent":{"run":"{{{{parent}}}}","index":{{{{index}}}}}}""",
        parent.Job);

    public void SubmitArray(string job, string key, int count, int atOnce) => Send(
        $$$"""{"command":"submit","id":"{{{key}}}","job":"{{{job}}}","array":{"key":"_jobs/arrays/{{{key}}}","count":{{{count}}}},"maxConcurrent":{{{atOnce}}}}""",
        null);

    public void Replay(string key, string source, int perMinute, bool force) => Send(
        $$"""{"command":"replay","id":"{{key}}","source":{{source}},"perMinute":{{perMinute}},"force":{{(force ? "true" : "false")}}}""", null);

    public void Pause(string job, string? schedule, string id, DateTimeOffset? until) => Send(
        $$"""{"command":"pause","id":"{{id}}","job":"{{job}}"{{Member("schedule", schedule)}}{{Member("until", until?.ToString("O"))}},"reason":"A test."}""",
        null, saysWhen: true);

    public void Resume(string job, string? schedule, string id) => Send(
        $$"""{"command":"resume","id":"{{id}}","job":"{{job}}"{{Member("schedule", schedule)}}}""",
        null, saysWhen: true);

    public void CancelReplay(string key) => Send($$"""{"command":"cancel","id":"c","replay":"{{key}}"}""", null);

    /// <summary>A batch with the message ended well: it was carried out, unless it was refused just before.</summary>
    public bool Handled(string body)
    {
        if (!_byBody.TryGetValue(body, out var asked)) return false;
        if (asked.Refusals-- > 0) return true;
        asked.Refusals = 0;
        asked.IsDone = true;
        if (!IsAllowed(asked))
        {
            _world.Fail("CommandsAreCarriedOut", $"Job {asked.Sender} may not send {body}, but it was carried out.");
        }

        if (asked.Command is Command.Retry { Run: var again } && _world.Witness.Of(again).OverAt is null)
        {
            _world.Fail("CommandsAreCarriedOut", $"Run {again} was retried, although it is not over.");
        }

        if (asked.Command is Command.Cancel cancel) _world.Witness.Cancelled(cancel.Run);
        return true;
    }

    public bool Rejected(string body, string reason)
    {
        if (!_byBody.TryGetValue(body, out var asked)) return false;
        asked.Refusals++;
        asked.IsRefused = true;
        if (!MayBeRefused(asked))
        {
            _world.Fail("CommandsAreCarriedOut", $"The command {body} was refused without cause: {reason}");
        }

        return true;
    }

    private static string Member(string name, string? value) => value is null ? "" : $",\"{name}\":\"{value}\"";

    private void Send(string body, string? sender, bool saysWhen = false)
    {
        var command = CommandReader.Read(body);
        _byBody.TryAdd(body, new Asked(body, command, sender));
        if (command is Command.Cancel { Run: var run }) _cancelled.Add(run);
        if (MadeBy(command) is { } made) _made.Add(made);
        Queue.Send(
            body,
            FaultKind.DuplicateCommand,
            FaultKind.DelayedCommand,
            sender is null ? null : $"{Sandbox.RoleOf(sender)}:task",
            saysWhen);
    }

    private static RunId? MadeBy(Command command) => command switch
    {
        Command.Submit submit => submit.Run,
        Command.SubmitArray array => array.Run,
        Command.Retry retry => retry.NewRun,
        _ => null,
    };

    private bool MayBeRefused(Asked asked) => asked.Command switch
    {
        Command.Submit submit =>
            !IsAllowed(asked)
                || !_world.IsSettledIn(submit.Job)
                || (asked.Sender is { } sender && !_world.IsSettledIn(sender)),
        Command.SubmitArray array => !_world.IsSettledIn(array.Job),
        Command.Retry retry => !Since(_world.Witness.Of(retry.Run).OverAt) || !_world.IsSettledIn(retry.Run.Job),
        Command.Cancel cancel => !Since(_world.Witness.Of(cancel.Run).MadeAt),
        Command.CancelReplay cancel => !Since(_world.Replays.BegunAt(cancel.Begun)),
        Command.Replay => _world.Schedule.HasDeployments,
        Command.Pause pause => !_world.IsSettledIn(pause.Job),
        _ => false,
    };

    private static bool IsAllowed(Asked asked) =>
        asked.Sender is null
            || (asked.Command is Command.Submit { Job: var job }
                && SimulatedJobs.All.Single(known => known.Name == asked.Sender).Submits.Contains(job));

    private bool Since(DateTimeOffset? time) => time + Moment < _world.Loop.Now;

    /// <summary>A command, however often it was sent.</summary>
    internal sealed class Asked(string body, Command command, string? sender)
    {
        public string Body { get; } = body;

        public Command Command { get; } = command;

        public string? Sender { get; } = sender;

        /// <summary>The run that it makes; null for none.</summary>
        public RunId? Run { get; } = MadeBy(command);

        /// <summary>It was carried out.</summary>
        public bool IsDone { get; set; }

        /// <summary>It was refused once at least.</summary>
        public bool IsRefused { get; set; }

        /// <summary>Refusals whose message is not known to be handled.</summary>
        public int Refusals { get; set; }
    }
}
