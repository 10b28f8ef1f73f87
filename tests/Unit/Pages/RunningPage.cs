using System.Net;
using Jobs.Cli.Ports;
using Jobs.Page;
using Jobs.Page.Ground;
using Jobs.Page.Serving;
using Jobs.Tests.Unit.Cli;

namespace Jobs.Tests.Unit.Pages;

/// <summary>The page of a stack in memory, on a port of its own, and a browser that has opened its address.</summary>
internal sealed class RunningPage : IAsyncDisposable
{
    private readonly CommandLine _jobs = new();
    private readonly PageServer _server;
    private readonly HttpClient _browser;

    private RunningPage(CommandLine jobs, PageServer server) =>
        (_jobs, _server, _browser) = (jobs, server, Browser());

    public CommandLine Jobs => _jobs;

    public FakeStack Stack => _jobs.Stack;

    public Uri Address => _server.Address;

    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    /// <param name="isLaptop">The stack is on this machine.</param>
    public static async Task<RunningPage> StartAsync(
        bool isLaptop = false, IReadOnlyList<Hop>? denials = null, IProbe? probe = null)
    {
        var jobs = new CommandLine();
        if (isLaptop) jobs.Stack.Place = jobs.Stack.Place with { Endpoint = "http://127.0.0.1:4566" };
        var number = 0;
        var parts = new PageParts
        {
            Connect = _ => Task.FromResult<IStack>(jobs.Stack),
            Probe = _ => probe ?? throw new InvalidOperationException("Nothing is to be done to the machine."),
            Clock = jobs.Clock,
            Zone = TimeZoneInfo.Utc,
            NewId = () => $"page-{Interlocked.Increment(ref number)}",
            Denials = denials is null ? null : () => denials,
        };
        var page = new RunningPage(jobs, await PageServer.StartAsync(parts, 0, CancellationToken.None));
        using var opened = await page._browser.GetAsync(page.Address);
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        return page;
    }

    /// <summary>A browser that follows no address by itself and keeps cookies.</summary>
    public static HttpClient Browser() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public Task<HttpResponseMessage> GetAsync(string path) => _browser.GetAsync(new Uri(Origin + path));

    /// <summary>A page that is there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} is {answer.StatusCode}: {text}");
        return text;
    }

    /// <summary>Sends a form as the page's own.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form)
    {
        var members = form.Select(one => KeyValuePair.Create(one.Name, one.Value));
        return PostAsync(path, Origin, new FormUrlEncodedContent(members));
    }

    /// <param name="origin">What the browser says whose page it is of; null when it says nothing.</param>
    public async Task<HttpResponseMessage> PostAsync(string path, string? origin, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Origin + path)) { Content = content };
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await _browser.SendAsync(request);
    }

    /// <summary>Sends a form that is carried out.</summary>
    /// <returns>The view that follows.</returns>
    public async Task<string> ActAsync(string path, params (string Name, string Value)[] form)
    {
        using var answer = await PostAsync(path, form);
        Assert.True(
            answer.StatusCode == HttpStatusCode.SeeOther,
            $"{path} is {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        using var next = await GetAsync(answer.Headers.Location!.ToString());
        return await next.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }
}
