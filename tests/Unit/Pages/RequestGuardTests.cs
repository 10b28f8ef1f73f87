using System.Net;

namespace Jobs.Tests.Unit.Pages;

/// <summary>
/// Only a browser of this machine with the token sees the page, and only the page's own forms change something.
/// </summary>
public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/page.css")]
    [InlineData("/runs")]
    [InlineData("/?token=")]
    [InlineData("/?token=wrong")]
    public async Task Without_the_token_nothing_is_shown(string path)
    {
        await using var page = await RunningPage.StartAsync();
        using var stranger = RunningPage.Browser();

        using var answer = await stranger.GetAsync(new Uri(page.Origin + path));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("address that the terminal printed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("csv-import", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_becomes_a_cookie_that_no_script_and_no_other_site_gets_and_leaves_the_address()
    {
        await using var page = await RunningPage.StartAsync();
        using var browser = RunningPage.Browser();

        using var answer = await browser.GetAsync(page.Address);

        Assert.Equal("/", answer.Headers.Location!.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.StartsWith($"jobs-page-{page.Address.Port}=", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("localhost.evil.example")]
    public async Task Other_name_of_this_machine_is_refused_even_with_the_token(string host)
    {
        await using var page = await RunningPage.StartAsync();
        using var browser = RunningPage.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, page.Address) { Headers = { Host = host } };

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://evil.example")]
    [InlineData("https://127.0.0.1")]
    public async Task Form_of_another_page_is_refused(string? origin)
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Failed);

        using var answer = await page.PostAsync($"/runs/{run.Id}/retry", origin, new StringContent(""));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(page.Stack.Sent);
    }

    [Fact]
    public async Task Form_of_another_port_of_this_machine_is_refused()
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Failed);

        using var answer = await page.PostAsync($"/runs/{run.Id}/retry", "http://127.0.0.1:1", new StringContent(""));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Every_answer_keeps_other_sites_and_caches_out()
    {
        await using var page = await RunningPage.StartAsync();
        using var answer = await page.GetAsync("/");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
            "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            policy);
        Assert.Equal("no-store", Assert.Single(answer.Headers.GetValues("Cache-Control")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Each_page_has_a_token_of_its_own()
    {
        await using var one = await RunningPage.StartAsync();
        await using var other = await RunningPage.StartAsync();
        using var browser = RunningPage.Browser();

        using var answer = await browser.GetAsync(new Uri(other.Origin + one.Address.PathAndQuery));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
