using Jobs.Core;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Spectre.Console;

namespace Jobs.Local.Watching;

/// <summary>
/// The stack while it runs and is shown: one laptop after another, on the same port and the same state.
/// </summary>
/// <param name="start">Starts a laptop with these settings.</param>
internal sealed class RunningStack(
    LaptopSettings settings, IAnsiConsole console, Func<LaptopSettings, CancellationToken, Task<Laptop>> start)
    : IAsyncDisposable
{
    private Laptop? _laptop;
    private int _port = settings.Port;
    private CancellationTokenSource _showing = new();
    private Task _shown = Task.CompletedTask;

    public Laptop Laptop => _laptop ?? throw new InvalidOperationException("The stack has not been started.");

    /// <summary>Starts what the workspace's cloud assembly is now.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var laptop = await start(settings with { Port = _port }, cancellation);
        (_laptop, _port) = (laptop, laptop.Endpoint.Port);
        await laptop.SweepAsync(cancellation);
        _showing.Dispose();
        _showing = new CancellationTokenSource();
        _shown = ShowAsync(laptop, _showing.Token);
    }

    /// <summary>Ends everything it started; what was stored stays.</summary>
    public async Task StopAsync()
    {
        await _showing.CancelAsync();
        await _shown;
        if (_laptop is { } laptop) await laptop.DisposeAsync();
        _laptop = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _showing.Dispose();
    }

    private Task ShowAsync(Laptop laptop, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var hops = HopPrinter.Daily(console, now, TimeZoneInfo.Local, laptop.Output(OutputNames.Tick));
        var ends = new RunEndPrinter(console, laptop.Runs, laptop.Lines, TimeProvider.System);
        return Task.WhenAll(
            hops.PrintAsync(laptop.Activity, cancellation), ends.PrintAsync(laptop.Activity, cancellation));
    }
}
