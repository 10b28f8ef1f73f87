using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Jobs.Cli;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Cli;

/// <summary>The command line on a stack in memory, with what it wrote.</summary>
internal sealed class CommandLine
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public FakeStack Stack { get; } = new();

    public FakeSurroundings Surroundings { get; } = new();

    public FakeAccount Account { get; } = new();

    public FakeRegistry Registry { get; } = new();

    /// <summary>What a verification does to the stack; null where none is expected.</summary>
    public IProbe? Probe { get; set; }

    public ManualClock Clock { get; } = new();

    /// <summary>The command lines that the laptop's program got.</summary>
    public List<string> Laptop { get; } = [];

    /// <summary>How the laptop's program ends.</summary>
    public int LaptopCode { get; init; }

    /// <summary>Columns of the terminal that stdout is; null for a pipe.</summary>
    public int? Terminal { get; init; }

    /// <summary>What keeps it from finding a stack.</summary>
    public CliException? NoStack { get; init; }

    /// <summary>What a person answers; null when there is no person.</summary>
    public bool? Answer { get; set; }

    /// <summary>What a person types; null when there is no person.</summary>
    public string? Text { get; set; }

    public List<string> Asked { get; } = [];

    public FakePrograms Programs { get; } = new();

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public JsonNode Json => JsonNode.Parse(Out)!;

    public Task<int> RunAsync(string line) => RunAsync(line.Split(' '));

    /// <summary>Timers that only limit what is at work: for them alone the clock is not moved on.</summary>
    public int Limits { get; set; }

    /// <summary>Runs a command that waits, with the clock moved on whenever it does.</summary>
    /// <param name="meanwhile">What happens between two looks.</param>
    public Task<int> RunAsync(Func<Task> meanwhile, params string[] arguments) =>
        RunAsync(meanwhile, arguments, CancellationToken.None);

    /// <param name="interrupted">Ctrl-C.</param>
    public async Task<int> RunAsync(Func<Task> meanwhile, string[] arguments, CancellationToken interrupted)
    {
        var running = RunAsync(arguments, interrupted);
        while (!running.IsCompleted)
        {
            if (Clock.ArmedTimers > Limits)
            {
                await meanwhile();
                Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }

        return await running;
    }

    public Task<int> RunAsync(params string[] arguments) => RunAsync(arguments, CancellationToken.None);

    /// <param name="interrupted">Ctrl-C.</param>
    public Task<int> RunAsync(string line, CancellationToken interrupted) => RunAsync(line.Split(' '), interrupted);

    private async Task<int> RunAsync(string[] arguments, CancellationToken interrupted)
    {
        _out.Clear();
        _error.Clear();
        await using var output = new StringWriter(_out);
        await using var error = new StringWriter(_error);
        var cli = new CliContext
        {
            Data = ScreenOf(output, Terminal),
            Notes = ScreenOf(error, null),
            Clock = Clock,
            Zone = TimeZoneInfo.Utc,
            NewId = () => "new-id",
            Ask = (question, _) =>
            {
                Asked.Add(question);
                return Task.FromResult(Answer);
            },
            AskText = (question, _) =>
            {
                Asked.Add(question);
                return Task.FromResult(Text);
            },
            Programs = Programs,
            Connect = (_, _, _) => NoStack is null ? Task.FromResult<IStack>(Stack) : throw NoStack,
            Surroundings = () => Surroundings,
            Account = () => Account,
            Registry = () => Registry,
            Probe = _ => Probe ?? throw new InvalidOperationException("Nothing is to be verified."),
            RunLaptop = line =>
            {
                Laptop.Add(string.Join(' ', line));
                return Task.FromResult(LaptopCode);
            },
        };
        return await Root.RunAsync(
            cli,
            arguments,
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false },
            interrupted);
    }

    /// <summary>A run that the stack has, asked for so many minutes ago.</summary>
    public async Task<Run> AddAsync(
        string job, string key, RunState state, int minutesAgo = 1, Func<Run, Run>? with = null)
    {
        var asked = Clock.GetUtcNow().AddMinutes(-minutesAgo);
        var run = Sample.In(state) with { CreatedAt = asked };
        var named = new Run(RunId.From(job, key))
        {
            State = state,
            Trigger = run.Trigger,
            Policy = run.Policy,
            Input = """{"key":"incoming/a.csv"}""",
            CreatedAt = asked,
            Launch = 1,
            LaunchedAt = asked.AddSeconds(1),
            StartedAt = asked.AddSeconds(5),
            TaskArn = Sample.Task1,
        };
        named = named.IsOver
            ? named with
            {
                EndedAt = asked.AddSeconds(30),
                Billed = TimeSpan.FromSeconds(90),
                Verdict = VerdictOf(state),
            }
            : named with { NextCheckAt = asked.AddMinutes(10) };
        named = with?.Invoke(named) ?? named;
        Assert.True(await Stack.Store.CreateAsync(named, CancellationToken.None));
        return named;
    }

    private static Verdict VerdictOf(RunState state) => state == RunState.Succeeded
        ? new Verdict(VerdictClass.Succeeded, VerdictAction.None, "It did its work.", "")
        : new Verdict(VerdictClass.JobFailed, VerdictAction.GiveUp, "The file is empty.", "Upload one with content.");

    private static Screen ScreenOf(TextWriter writer, int? columns) => new(writer, columns, hasStyles: false);
}
