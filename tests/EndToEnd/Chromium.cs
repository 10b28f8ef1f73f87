using Microsoft.Playwright;

namespace Jobs.Tests.EndToEnd;

/// <summary>Debian's Chromium without a window, started once for the tests of a class.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why tests in a browser are skipped; null where they are not.</summary>
    internal static string? Missing => File.Exists(Program) ? null : "Without Chromium: apt-get install chromium.";

    public async Task InitializeAsync()
    {
        if (Missing is not null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A tab of a browser of its own.</summary>
    /// <param name="width">Of the window, in CSS pixels.</param>
    internal async Task<IPage> OpenAsync(int width = 1_280)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        context.SetDefaultTimeout((float)RunningLaptop.Patience.TotalMilliseconds);
        return await context.NewPageAsync();
    }
}
