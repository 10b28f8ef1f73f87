using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Tests.Aspire;

/// <summary>The sample app host, as a person starts it, but without the dashboard.</summary>
public sealed class AppHostTests : IDisposable
{
    /// <summary>
    /// Generous: the machine may be busy with other test projects. A test that works never waits for it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-aspire-").FullName;
    private readonly CancellationTokenSource _limit = new(Patience);

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [OrchestratorFact]
    public async Task Web_project_uploads_by_its_reference_and_sees_the_run_succeed()
    {
        await using var app = await StartAsync();
        using var http = app.CreateHttpClient("web", "http");

        using var accepted = await http.PostAsync(
            new Uri("tables/two", UriKind.Relative), new StringContent("name,age\nAda,36\nAlan,41\n"), _limit.Token);
        accepted.EnsureSuccessStatusCode();
        var run = await EndOfAsync(http, accepted.Headers.Location!);

        Assert.Equal("Succeeded", (string?)run["state"]);
        Assert.Equal(2, (int?)JsonNode.Parse((string)run["result"]!)!["rows"]);
        Assert.Contains("Starting the stack", await LogAsync(app), StringComparison.Ordinal);
    }

    private async Task<DistributedApplication> StartAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(_limit.Token);
        var jobs = builder.Resources.OfType<JobsResource>().Single();
        var assembly = Path.Combine(_folder, "cdk.out");
        SampleStack.Synthesize(jobs.WorkingDirectory, assembly);
        builder.CreateResourceBuilder(jobs)
            .WithArgs("--cloud-assembly", assembly, "--state", Path.Combine(_folder, "state"));
        var app = await builder.BuildAsync(_limit.Token);
        await app.StartAsync(_limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", _limit.Token);
        return app;
    }

    private async Task<JsonNode> EndOfAsync(HttpClient http, Uri run)
    {
        while (true)
        {
            using var answer = await http.GetAsync(run, _limit.Token);
            if (answer.IsSuccessStatusCode)
            {
                var shown = (await answer.Content.ReadFromJsonAsync<JsonNode>(_limit.Token))!;
                if ((string?)shown["state"] is not ("Pending" or "Starting" or "Running")) return shown;
            }

            await Task.Delay(Poll, TimeProvider.System, _limit.Token);
        }
    }

    /// <summary>What the laptop has said so far, as the dashboard shows it.</summary>
    private async Task<string> LogAsync(DistributedApplication app)
    {
        var lines = new List<string>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>()
            .GetAllAsync(app.Services.GetRequiredService<DistributedApplicationModel>()
                .Resources.OfType<JobsResource>().Single()).WithCancellation(_limit.Token))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return string.Join('\n', lines);
    }
}
