using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// The page as people see it: every view, light and dark, narrow and wide. With JOBS_IMAGES set, the pictures of
/// docs/guide/page.md are made anew.
/// </summary>
[Collection(LaptopCollection.Name)]
public sealed class PageViewTests(ShownStack stack, Chromium chromium)
    : IClassFixture<ShownStack>, IClassFixture<Chromium>
{
    private static readonly AxeRunOptions Contrast = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
    };

    private string Origin => stack.Page.GetLeftPart(UriPartial.Authority);

    private (string Name, string Path)[] Views =>
    [
        ("overview", "/"), ("runs", "/runs"), ("failed-run", $"/runs/{stack.Failed}"),
        ("run", $"/runs/{stack.Succeeded}"), ("schedules", "/schedules"), ("queues", "/queues"),
        ("queue", "/queues/Uploads"), ("alerts", "/alerts"), ("laptop", "/laptop"), ("job", "/jobs/csv-import"),
        ("no-page", "/nothing"),
    ];

    [ChromiumTheory]
    [InlineData(1_280)]
    [InlineData(360)]
    public async Task Every_view_fits_has_nothing_that_axe_finds_and_asks_nothing_of_elsewhere(int width)
    {
        var (tab, asked, faults) = (await chromium.OpenAsync(width), new List<string>(), new List<string>());
        tab.Request += (_, request) => asked.Add(request.Url);
        tab.PageError += (_, error) => faults.Add(error);
        await tab.GotoAsync(stack.Page.ToString());
        foreach (var (name, path) in Views)
        {
            await tab.GotoAsync(Origin + path);
            if (name.EndsWith("run", StringComparison.Ordinal)) await tab.Locator(".log p").First.WaitForAsync();
            await ShootAsync(tab, name, width, ColorScheme.Light);
            faults.AddRange(Faults(name, await tab.RunAxe()));
            // What is there is the same in the dark; its colours are not.
            await tab.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await ShootAsync(tab, name, width, ColorScheme.Dark);
            faults.AddRange(Faults($"{name}, dark", await tab.RunAxe(Contrast)));
            await tab.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            var overlap = await tab.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            if (overlap > 0) faults.Add($"{name}: {overlap} pixels wider than the window.");
        }

        Assert.Equal([], faults);
        Assert.All(
            asked.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)),
            url => Assert.StartsWith(Origin, url, StringComparison.Ordinal));
        await tab.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Run_shows_its_attempts_its_log_and_its_result_as_a_table()
    {
        var tab = await chromium.OpenAsync();
        await tab.GotoAsync(stack.Page.ToString());
        await tab.GotoAsync($"{Origin}/runs/{stack.Succeeded}");

        await Assertions.Expect(tab.Locator("caption").First).ToHaveTextAsync("columns");
        await Assertions.Expect(tab.Locator(".timeline rect.running")).ToHaveCountAsync(1);
        await Assertions.Expect(tab.Locator(".log")).ToContainTextAsync("csv-import");
        await tab.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Keyboard_reaches_everything_sees_where_it_is_and_is_not_trapped()
    {
        var tab = await chromium.OpenAsync();
        await tab.GotoAsync(stack.Page.ToString());
        await tab.GotoAsync($"{Origin}/runs");
        await tab.Keyboard.PressAsync("Tab");
        await Assertions.Expect(tab.Locator(".skip")).ToBeFocusedAsync();
        await Assertions.Expect(tab.Locator(".skip")).ToBeInViewportAsync();
        await tab.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Locator("main")).ToBeFocusedAsync();

        var stops = new List<string>();
        for (var isInside = true; isInside && stops.Count < 300;)
        {
            await tab.Keyboard.PressAsync("Tab");
            var stop = await tab.EvaluateAsync<string>(
                "(document.activeElement === document.body ? '' : document.activeElement.outerHTML) + '|' + " +
                "getComputedStyle(document.activeElement).outlineStyle");
            isInside = !stop.StartsWith('|');
            if (isInside) stops.Add(stop);
        }

        var all = await tab.Locator("main :is(a, button, input, select, summary):visible").CountAsync();
        Assert.InRange(stops.Count, all, 299);
        Assert.All(stops, stop => Assert.False(stop.EndsWith("|none", StringComparison.Ordinal), stop));
        await tab.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Runs_are_searched_by_key_and_the_row_leads_to_the_run()
    {
        var tab = await chromium.OpenAsync(360);
        await tab.GotoAsync(stack.Page.ToString());
        await tab.GetByRole(AriaRole.Link, new() { Name = "Runs", Exact = true }).ClickAsync();
        await tab.GetByLabel("Search in").SelectOptionAsync("Upload's key");
        await tab.GetByRole(AriaRole.Searchbox).FillAsync(ShownStack.FailedKey);
        await tab.Keyboard.PressAsync("Enter");
        await tab.Locator("a.run").ClickAsync();

        await Assertions.Expect(tab.Locator("h1")).ToHaveTextAsync($"{stack.Failed}");
        await Assertions.Expect(tab.Locator(".verdict")).ToContainTextAsync("Next:");
        await tab.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Page_of_elsewhere_can_neither_read_nor_change_anything()
    {
        var tab = await chromium.OpenAsync();
        await tab.GotoAsync(stack.Page.ToString());
        await tab.GotoAsync(
            $"data:text/html,<form method=post action='{Origin}/runs/{stack.Failed}/retry'><button>Go</button></form>");
        var answer = await tab.RunAndWaitForResponseAsync(
            () => tab.GetByRole(AriaRole.Button).ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(403, answer.Status);
        await tab.GotoAsync("data:text/html,<p>");
        Assert.Equal("refused", await tab.EvaluateAsync<string>(
            $"fetch('{Origin}/runs', {{ credentials: 'include' }}).then(() => 'read', () => 'refused')"));
        await tab.Context.CloseAsync();
    }

    private static IEnumerable<string> Faults(string view, AxeResult found) =>
        found.Violations.Select(one => $"{view}: {one.Id}: {one.Nodes[0].Html}");

    private static async Task ShootAsync(IPage tab, string name, int width, ColorScheme scheme)
    {
        if (Environment.GetEnvironmentVariable("JOBS_IMAGES") is not { Length: > 0 }) return;
        await tab.WaitForTimeoutAsync(1_000);
        var folder = Path.Combine(RunningLaptop.Sample(".."), "docs", "guide", "images");
        await tab.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(folder, $"page-{name}-{scheme}-{width}.png".ToLowerInvariant()),
        });
    }
}
