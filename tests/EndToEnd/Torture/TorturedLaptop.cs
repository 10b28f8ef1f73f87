using System.Net;
using System.Net.Sockets;

namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>
/// A laptop with every fault at 0.3, as a process that may be killed: it is started again on the same state and port.
/// </summary>
internal sealed class TorturedLaptop : IAsyncDisposable
{
    private const string Chaos = "spot=0.3,kill=0.3,throttle=0.3,capacity=0.3,lost-answer=0.3,duplicate=0.3," +
        "delay=0.3,drop-stopped=0.3,crash=0.3";

    private readonly int _port;
    private LocalProcess? _process;
    private Task _said = Task.CompletedTask;

    private TorturedLaptop(string folder, int port) => (Folder, _port) = (folder, port);

    /// <summary>Holds the state and what the laptop said.</summary>
    public string Folder { get; }

    public string State => Path.Combine(Folder, "state");

    public string Log => Path.Combine(Folder, "laptop.log");

    public Uri Endpoint => new($"http://127.0.0.1:{_port}");

    public int Id => _process?.Id ?? throw new InvalidOperationException("The laptop does not run.");

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasEnded => _said.IsCompleted;

    public static async Task<TorturedLaptop> StartAsync(Random chance)
    {
        var laptop = new TorturedLaptop(JobsLaptop.NewFolder(), FreePort(chance));
        await laptop.UpAsync();
        return laptop;
    }

    /// <summary>As an empty battery would; then it is started again.</summary>
    public async Task KillAndRestartAsync()
    {
        await DisposeAsync();
        await UpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing, when it did not start again: why it did not is what a test says then.
        if (_process is not { } process) return;
        _process = null;
        process.Kill();
        // What it has said is read to its end before the process is disposed, which would end the reading.
        await _said;
        await process.DisposeAsync();
    }

    private async Task UpAsync()
    {
        _process = await LocalProcess.UpAtAsync(
            _port,
            Environment.CurrentDirectory,
            "--state", State, "--cloud-assembly", await TestStack.SynthesizeAsync(), "--chaos", Chaos);
        _said = _process.LogAsync(Log);
    }

    /// <summary>
    /// Below those that the system gives to clients: while the laptop is down, none of them takes its port.
    /// </summary>
    private static int FreePort(Random chance)
    {
        while (true)
        {
            var port = chance.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another has it.
            }
        }
    }
}
