using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Tests.Ecs;

public sealed class TaskEndpointsTests
{
    [Fact]
    public async Task Metadata_names_the_task_and_its_limits()
    {
        await using var bench = new EcsBench();
        var (arn, variables) = await RunAsync(bench);

        var (status, task) = await GetAsync(
            bench, new Uri(variables["ECS_CONTAINER_METADATA_URI_V4"] + "/task").AbsolutePath);

        Assert.Equal(200, status);
        Assert.Equal(arn, task["TaskARN"]!.GetValue<string>());
        Assert.Equal("line-count", task["Family"]!.GetValue<string>());
        Assert.Equal("1", task["Revision"]!.GetValue<string>());
        Assert.Equal(0.25m, task["Limits"]!["CPU"]!.GetValue<decimal>());
        Assert.Equal(512, task["Limits"]!["Memory"]!.GetValue<int>());
        var (_, container) = await GetAsync(bench, new Uri(variables["ECS_CONTAINER_METADATA_URI_V4"]).AbsolutePath);
        Assert.Equal("worker", container["Name"]!.GetValue<string>());
        Assert.False(container.AsObject().ContainsKey("ExitCode"));
    }

    [Fact]
    public async Task Credentials_are_those_of_the_task_role_and_only_for_the_token()
    {
        await using var bench = new EcsBench();
        var (_, variables) = await RunAsync(bench);
        var path = new Uri(variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"]).AbsolutePath;

        var (status, credentials) = await GetAsync(bench, path, variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"]);
        Assert.Equal(200, status);
        Assert.Equal("arn:aws:iam::000000000000:role/task", credentials["RoleArn"]!.GetValue<string>());
        Assert.Equal(
            ["AccessKeyId", "Expiration", "RoleArn", "SecretAccessKey", "Token"],
            credentials.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));

        Assert.Equal(403, (await GetAsync(bench, path, "guessed")).Status);
        Assert.Equal(403, (await GetAsync(bench, path)).Status);
    }

    [Fact]
    public async Task Addresses_end_with_the_task()
    {
        await using var bench = new EcsBench();
        await bench.RunToEndAsync("env");
        var address = bench.Lines()
            .Single(l => l.StartsWith("ECS_CONTAINER_METADATA_URI_V4=", StringComparison.Ordinal))
            .Split('=', 2)[1];

        await bench.UntilAsync(() => GetAsync(bench, new Uri(address).AbsolutePath).Result.Status == 404);
    }

    private static async Task<(string Arn, Dictionary<string, string> Variables)> RunAsync(EcsBench bench)
    {
        var arn = await bench.RunAsync("env; echo up; sleep 60");
        await bench.UntilAsync(() => bench.Printed("up"));
        return (
            arn,
            bench.Lines()
                .Where(l => l.Contains('='))
                .Select(l => l.Split('=', 2))
                .ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal));
    }

    private static async Task<(int Status, JsonNode Body)> GetAsync(
        EcsBench bench, string path, string? authorization = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = path;
        if (authorization is not null) context.Request.Headers.Authorization = authorization;
        using var body = new MemoryStream();
        context.Response.Body = body;
        await bench.Endpoints.HandleAsync(context);
        return (context.Response.StatusCode, JsonNode.Parse(body.ToArray())!);
    }
}
