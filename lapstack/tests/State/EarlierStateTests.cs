using System.Text.Json.Nodes;
using Lapstack.State;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.State;

/// <summary>
/// What an emulator of an earlier version accepted is there, and comes to its end once. Each version's state is kept as
/// it was written by an emulator that was then killed: <c>LAPSTACK_WRITE_STATE=lapstack/tests/State/versionN</c> makes
/// the test write one.
/// </summary>
public sealed class EarlierStateTests
{
    private const string Resources = """
        {"Bucket":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"files"}},
         "Inbox":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"inbox"}},
         "Events":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"events"}},
         "EventsPolicy":{"Type":"AWS::SQS::QueuePolicy","Properties":{"Queues":[{"Ref":"Events"}],"PolicyDocument":{
           "Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage",
             "Resource":{"Fn::GetAtt":["Events","Arn"]}}]}}},
         "Rule":{"Type":"AWS::Events::Rule","Properties":{"Name":"rule","EventPattern":{"source":["shop"]},
           "Targets":[{"Id":"queue","Arn":{"Fn::GetAtt":["Events","Arn"]}}]}},
         "Cluster":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterName":"jobs"}},
         "Providers":{"Type":"AWS::ECS::ClusterCapacityProviderAssociations","Properties":{
           "Cluster":{"Ref":"Cluster"},"CapacityProviders":["FARGATE"],
           "DefaultCapacityProviderStrategy":[{"CapacityProvider":"FARGATE","Weight":1}]}},
         "Count":{"Type":"AWS::ECS::TaskDefinition","Properties":{"Family":"count","Cpu":"256","Memory":"512",
           "NetworkMode":"awsvpc","RequiresCompatibilities":["FARGATE"],
           "ContainerDefinitions":[{"Name":"worker","Image":"example.com/count:1"}]}}}
        """;

    [Theory]
    [InlineData("version1")]
    public async Task What_an_earlier_version_accepted_comes_to_its_end(string version)
    {
        if (Environment.GetEnvironmentVariable("LAPSTACK_WRITE_STATE") is { Length: > 0 } folder)
        {
            await WriteAsync(folder);
            return;
        }

        var clock = new ManualClock();
        await using var stack = await EmulatedStack.StartAsync(
            Resources,
            clock,
            engine: "no-such-engine",
            state: Path.Combine(AppContext.BaseDirectory, "State", version));

        Assert.Equal("kept", (await stack.RestAsync("s3", HttpMethod.Get, "/files/a.txt")).Body);
        Assert.Equal("kept", Assert.Single(await ReceiveAsync(stack, "inbox")));
        Assert.Equal("order-1", (string?)JsonNode.Parse(await OwedAsync(stack, clock))!["detail"]!["id"]);
        Assert.Empty(await ReceiveAsync(stack, "events"));
        var task = Assert.Single(await StoppedAsync(stack))!;
        Assert.Equal("TerminationNotice", (string?)task["stopCode"]);
        Assert.Equal("The local emulator ended while the task was running.", (string?)task["stoppedReason"]);
    }

    [Fact]
    public void A_newer_versions_state_is_left_alone_with_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("state-").FullName;
        File.WriteAllText(Path.Combine(folder, "version"), "99");

        var error = Assert.Throws<StateException>(() => new StateFolder(folder).Claim());

        Assert.Contains("is of version 99, which a newer emulator wrote", error.Message, StringComparison.Ordinal);
        Assert.Equal("99", File.ReadAllText(Path.Combine(folder, "version")));
        Directory.Delete(folder, recursive: true);
    }

    private static string UrlOf(EmulatedStack stack, string queue) => $"{stack.Url}000000000000/{queue}";

    private static async Task<IReadOnlyList<string>> ReceiveAsync(EmulatedStack stack, string queue)
    {
        var answer = await stack.JsonAsync(
            "sqs", "AmazonSQS.ReceiveMessage", $$"""{"QueueUrl":"{{UrlOf(stack, queue)}}","MaxNumberOfMessages":10}""");
        return [.. (answer.Json["Messages"] as JsonArray ?? []).Select(message => (string)message!["Body"]!)];
    }

    private static async Task<string> OwedAsync(EmulatedStack stack, ManualClock clock)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await ReceiveAsync(stack, "events") is [var owed]) return owed;
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static async Task<JsonArray> StoppedAsync(EmulatedStack stack)
    {
        var listed = await stack.EcsAsync("ListTasks", """{"cluster":"jobs","desiredStatus":"STOPPED"}""");
        var asked = new JsonObject { ["cluster"] = "jobs", ["tasks"] = listed["taskArns"]!.DeepClone() };
        return (await stack.EcsAsync("DescribeTasks", asked.ToJsonString()))["tasks"]!.AsArray();
    }

    /// <summary>On a clock that stands still nothing comes to its end by itself.</summary>
    private static async Task WriteAsync(string folder)
    {
        await using var stack = await EmulatedStack.StartAsync(
            Resources, new ManualClock(), engine: "no-such-engine", chaos: new() { Delay = 1 });
        await stack.RestAsync("s3", HttpMethod.Put, "/files/a.txt", "kept");
        await stack.JsonAsync(
            "sqs", "AmazonSQS.SendMessage", $$"""{"QueueUrl":"{{UrlOf(stack, "inbox")}}","MessageBody":"kept"}""");
        await stack.JsonAsync(
            "events",
            "AWSEvents.PutEvents",
            """{"Entries":[{"Source":"shop","DetailType":"Order","Detail":"{\"id\":\"order-1\"}"}]}""");
        await stack.EcsAsync(
            "RunTask",
            """
            {"cluster":"jobs","taskDefinition":"count",
             "networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}
            """);
        EmulatedStack.Copy(Path.Combine(stack.Folder, "state"), folder);
    }
}
