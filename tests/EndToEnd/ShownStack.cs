using Jobs.Core.Ids;
using Jobs.Page;

namespace Jobs.Tests.EndToEnd;

/// <summary>The laptop of these tests on a page of its own, with a run that failed and one that succeeded.</summary>
public sealed class ShownStack(RunningLaptop running) : IAsyncLifetime
{
    /// <summary>Of the upload that failed, which no other test has.</summary>
    public const string FailedKey = "incoming/page/broken.csv";

    private PageServer? _page;

    public Uri Page => _page!.Address;

    public RunId Failed { get; private set; }

    public RunId Succeeded { get; private set; }

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        _page = await PageServer.StartAsync(new PageSettings { Laptop = running.Laptop.Endpoint, StackName = "jobs" });
        await running.TickAsync();
        await using var broken = File.OpenRead(RunningLaptop.Sample("broken.csv"));
        await using var sound = File.OpenRead(RunningLaptop.Sample("gdp.csv"));
        Failed = await running.UploadAsync("csv-import", FailedKey, broken);
        Succeeded = await running.UploadAsync("csv-import", "incoming/page/gdp.csv", sound);
        await running.EndOfAsync(Failed);
        await running.EndOfAsync(Succeeded);
    }

    public async Task DisposeAsync()
    {
        if (_page is not null) await _page.DisposeAsync();
    }
}
