using System.Collections.Concurrent;
using System.Globalization;
using Lapstack.Processes;

namespace Lapstack.Tests.Processes;

public sealed class ChildProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-processes-").FullName;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ManualClock _clock = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string LedgerFolder => Path.Combine(_folder, "ledger");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Output_of_both_streams_arrives_line_by_line_before_the_exit()
    {
        var exit = await Run("echo out; echo err >&2; printf 'no newline'").Exited.WaitAsync(Patience);

        Assert.Equal(new ChildExit(0, OutOfMemory: false), exit);
        Assert.Equal(["err", "no newline", "out"], _lines.Order(StringComparer.Ordinal));
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Exit_code_of_the_program_is_kept()
    {
        Assert.Equal(42, (await Run("exit 42").Exited.WaitAsync(Patience)).Code);
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Exit_by_signal_is_128_plus_the_signal()
    {
        Assert.Equal(128 + 6, (await Run("kill -ABRT $$").Exited.WaitAsync(Patience)).Code);
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Environment_holds_nothing_but_what_was_given()
    {
        await Run("env").Exited.WaitAsync(Patience);

        Assert.Contains("GIVEN=yes", _lines);
        Assert.DoesNotContain(_lines, line => line.StartsWith("HOME=", StringComparison.Ordinal));
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Standard_input_is_empty_rather_than_the_terminal()
    {
        await Run("cat; echo done").Exited.WaitAsync(Patience);

        Assert.Equal(["done"], _lines);
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Line_without_an_end_is_cut_into_pieces_of_bounded_length()
    {
        await Run("head -c 200000 /dev/zero | tr '\\0' x").Exited.WaitAsync(Patience);

        Assert.All(_lines, line => Assert.InRange(line.Length, 1, 64 * 1024));
        Assert.Equal(200_000, _lines.Sum(line => line.Length));
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Stop_lets_the_program_answer_the_signal()
    {
        var child = Run("trap 'echo stopping; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        await _ready.Task.WaitAsync(Patience);

        var exit = await child.StopAsync(TimeSpan.FromSeconds(30)).WaitAsync(Patience);

        Assert.Equal(7, exit.Code);
        Assert.Contains("stopping", _lines);
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Stop_kills_a_program_that_ignores_the_signal_when_the_grace_has_passed()
    {
        var child = Run("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        await _ready.Task.WaitAsync(Patience);

        var stopping = child.StopAsync(TimeSpan.FromSeconds(30));
        await _clock.TimerWithinAsync(TimeSpan.FromSeconds(30));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(child.Exited.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new ChildExit(137, OutOfMemory: false), await stopping.WaitAsync(Patience));
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task End_of_the_program_ends_the_children_it_left_behind()
    {
        var survivor = Path.Combine(_folder, "survivor");
        await Run(
            $"(while :; do sleep 0.05; date > {survivor}; done) & echo ready; while [ ! -e {survivor} ]; do sleep " +
            "0.05; done; exit 0")
            .Exited.WaitAsync(Patience);

        File.Delete(survivor);
        await Run("sleep 0.3").Exited.WaitAsync(Patience);
        Assert.False(File.Exists(survivor));
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Memory_above_the_limit_kills_with_137_and_says_so()
    {
        // The shell's child holds the memory: the limit is the group's.
        var child = Run(
            "head -c 100000000 /dev/zero | tail -c 100000000 | (echo ready; sleep 60)", memoryLimit: 50_000_000);
        await _ready.Task.WaitAsync(Patience);

        while (!child.Exited.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(new ChildExit(137, OutOfMemory: true), await child.Exited);
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Memory_below_the_limit_is_left_alone()
    {
        var child = Run("echo ready; sleep 0.3; exit 3", memoryLimit: 50_000_000);
        await _ready.Task.WaitAsync(Patience);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new ChildExit(3, OutOfMemory: false), await child.Exited.WaitAsync(Patience));
    }

    [Fact]
    public void Missing_program_is_named()
    {
        var error = Assert.Throws<ProgramNotFoundException>(() => Start("no-such-program", []));
        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Leftover_of_a_dead_emulator_is_killed_at_the_next_start()
    {
        var child = Run("echo ready; sleep 60");
        await _ready.Task.WaitAsync(Patience);

        Assert.Equal(1, new ProcessLedger(LedgerFolder).ReapLeftovers());

        Assert.Equal(137, (await child.Exited.WaitAsync(Patience)).Code);
        Assert.Empty(Directory.GetFiles(LedgerFolder));
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Process_that_got_a_leftovers_id_is_not_killed()
    {
        var child = Run("echo ready; sleep 60");
        await _ready.Task.WaitAsync(Patience);
        await File.WriteAllTextAsync(Path.Combine(LedgerFolder, $"{child.Id}"), "another-boot/1");

        Assert.Equal(0, new ProcessLedger(LedgerFolder).ReapLeftovers());

        Assert.False(child.Exited.IsCompleted);
        child.Kill();
        await child.Exited.WaitAsync(Patience);
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Process_that_ended_by_itself_leaves_no_entry()
    {
        await Run("exit 0").Exited.WaitAsync(Patience);
        Assert.Empty(Directory.GetFiles(LedgerFolder));
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Program_leads_a_group_of_its_own_which_Ctrl_C_at_the_terminal_does_not_reach()
    {
        await Run("kill -s 0 -- -$$ && echo leads").Exited.WaitAsync(Patience);

        Assert.Equal(["leads"], _lines);
    }

    /// <summary>Node, because it is on every system that runs these tests.</summary>
    [Fact]
    public async Task Program_is_asked_to_end_in_the_way_of_its_system()
    {
        var child = RunNode(
            """
            for (const signal of ['SIGTERM', 'SIGBREAK'])
              process.on(signal, () => { console.log('stopping'); process.exit(7); });
            setInterval(() => console.log('ready'), 50);
            """);
        await _ready.Task.WaitAsync(Patience);

        var exit = await child.StopAsync(TimeSpan.FromSeconds(30)).WaitAsync(Patience);

        Assert.Equal(7, exit.Code);
        Assert.Contains("stopping", _lines);
    }

    [Fact]
    public async Task Kill_ends_the_program_and_what_it_started()
    {
        var child = RunNode(
            """
            const script = "console.log(process.pid); console.log('ready'); setInterval(() => {}, 1000)";
            require('child_process').spawn(process.execPath, ['-e', script], { stdio: 'inherit' });
            """);
        await _ready.Task.WaitAsync(Patience);
        var started = int.Parse(_lines.First(), CultureInfo.InvariantCulture);
        var identity = Platform.Current.Identity(started);

        child.Kill();

        Assert.Equal(137, (await child.Exited.WaitAsync(Patience)).Code);
        Assert.NotNull(identity);
        await Eventually.TrueAsync(() => Platform.Current.Identity(started) != identity);
    }

    private ChildProcess RunNode(string script) => Start("node", ["-e", script], variables: HostEnvironment.Minimal());

    private ChildProcess Run(string script, long? memoryLimit = null) => Start("sh", ["-c", script], memoryLimit);

    private ChildProcess Start(
        string program, string[] arguments, long? memoryLimit = null, Dictionary<string, string>? variables = null) =>
        ChildProcess.Start(
        new ChildProcessStart
        {
            FileName = program,
            Arguments = arguments,
            WorkingDirectory = _folder,
            Environment = variables ?? new() { ["PATH"] = "/usr/bin:/bin", ["GIVEN"] = "yes" },
            OnLine = Note,
            MemoryLimitBytes = memoryLimit,
        },
        new ProcessLedger(LedgerFolder),
        _clock);

    private Task Note(string line)
    {
        _lines.Enqueue(line);
        if (line == "ready") _ready.TrySetResult();
        return Task.CompletedTask;
    }
}
