using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Sdk.Canaries;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Reporting;

namespace Jobs.Tests.Unit.Sdk;

public sealed class CanaryTests
{
    private static readonly System.Reflection.Assembly[] Image = [typeof(CanaryTests).Assembly];

    [Fact]
    public void Host_has_the_canaries_and_each_declaration_is_valid()
    {
        var definitions = JobDefinitions.FromAssembly(typeof(JobHost).Assembly);

        Assert.Equal(
            CanaryNames.All.Order(StringComparer.Ordinal), definitions.Select(definition => definition.Name));
        Assert.Empty(DefinitionRules.Check("jobs", definitions));
        Assert.All(
            definitions,
            definition => Assert.Equal(CanaryNames.StopTimeoutSeconds, definition.StopTimeoutSeconds));
        Assert.True(Assert.Single(definitions.SelectMany(definition => definition.Schedules)).Disabled);
    }

    [Fact]
    public void Image_need_not_have_them()
    {
        Assert.All(CanaryNames.All, name => Assert.Equal(name, ImageJobs.Find(Image, name).Definition.Name));
        var unknown = Assert.Throws<HostFailedException>(() => ImageJobs.Find(Image, "canari"));
        Assert.DoesNotContain("canary", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploaded_text_is_the_result()
    {
        var env = new JobTestEnvironment { Objects = { ["canary/a.canary"] = "token" } };
        Assert.Equal("token", (await env.RunAsync(new CanaryOfUploads(), env.Upload("canary/a.canary"))).Token);
    }

    [Theory]
    [InlineData(nameof(CanaryAct.Succeed), 1)]
    [InlineData(nameof(CanaryAct.WaitOnce), 2)]
    public async Task Canary_gives_its_token_back_and_logs_it(string act, int launch)
    {
        var does = Enum.Parse<CanaryAct>(act);
        var env = new JobTestEnvironment { Launch = launch };

        Assert.Equal("token", (await env.RunAsync(new Canary(TimeProvider.System), new(does, "token"))).Token);

        Assert.Contains(env.Log, line => line.Contains("token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Canary_fails_when_it_is_told_to()
    {
        var env = new JobTestEnvironment();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => env.RunAsync(new CanaryOnSpot(TimeProvider.System), new(CanaryAct.Fail)));
    }

    [Theory]
    [InlineData(nameof(CanaryAct.Wait))]
    [InlineData(nameof(CanaryAct.WaitOnce))]
    public async Task Canary_waits_until_it_is_stopped(string act)
    {
        var does = Enum.Parse<CanaryAct>(act);
        var env = new JobTestEnvironment();
        env.InterruptAfter(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => env.RunAsync(new Canary(TimeProvider.System), new(does)));
    }
}
