using System.Text.Json.Nodes;

namespace Jobs.Tests.Infra;

/// <summary>
/// What is imported from Copilot compiles without a warning, and synthesizes to what its manifests say.
/// </summary>
public sealed class CopilotTests
{
    private static readonly Lazy<Synthesis> LazyProd = new(() => CopilotStack.In("prod"));
    private static readonly Lazy<Synthesis> LazyStaging = new(() => CopilotStack.In("staging"));

    [Fact]
    public void Code_compiles_without_a_warning() =>
        Assert.Equal([], CopilotStack.Diagnostics(Path.Combine(AppContext.BaseDirectory, "Copilot")));

    [Theory]
    [InlineData("on: {schedule: '@daily'}\n", "image: {location: a}\n", "Scheduled Job")]
    [InlineData("", "image: {location: a}\ncount: {range: 1-3}\n", "Worker Service")]
    [InlineData("", "environments: {test: {image: {location: a}, env_file: a.env}, prod: {image: {location: b}, command: b}}\n", "Worker Service")]
    [InlineData(
        "on: {schedule: none}\n",
        "image: {location: a}\nvariables: {A: \"\\\"\\\\ \\u2028 //\"}\nsecrets: {B: a:b}\n",
        "Scheduled Job")]
    public void Small_manifests_compile_as_well(string first, string second, string type)
    {
        var folder = Directory.CreateTempSubdirectory("jobs-copilot-");
        try
        {
            File.WriteAllText(
                Path.Combine(folder.FullName, "manifest.yml"), $"name: any\ntype: {type}\n{first}{second}");

            Assert.Equal([], CopilotStack.Diagnostics(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Size_of_an_environment_is_its_own()
    {
        Assert.Equal(("1024", "4096"), SizeOf(LazyProd.Value));
        Assert.Equal(("512", "1024"), SizeOf(LazyStaging.Value));

        static (string?, string?) SizeOf(Synthesis synthesis) =>
            (Task(synthesis, "report")["Cpu"], Task(synthesis, "report")["Memory"]);
    }

    [Fact]
    public void Variables_of_the_manifest_and_of_Copilot_reach_the_container()
    {
        var variables = Container(Task(LazyProd.Value, "report"), "worker")["Environment"]!.AsArray()
            .ToDictionary(one => one!["Name"]!.GetValue<string>(), one => one!["Value"]!.ToJsonString());

        Assert.Equal("\"warning\"", variables["LOG_LEVEL"]);
        Assert.Equal("\"prod\"", variables["COPILOT_ENVIRONMENT_NAME"]);
        Assert.Equal("\"shop\"", variables["COPILOT_APPLICATION_NAME"]);
        Assert.Equal("""{"Fn::ImportValue":"shop-Table"}""", variables["TABLE"]);
        Assert.Contains("reportSteps", variables["COPILOT_SNS_TOPIC_ARNS"], StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_read_by_the_execution_role()
    {
        var secrets = Container(Task(LazyProd.Value, "report"), "worker")["Secrets"]!.AsArray()
            .Select(secret => secret!["Name"]!.GetValue<string>());

        Assert.Equal(["TOKEN", "PARAMETER", "DATABASE", "KEY"], secrets);
        var role = Readable.Role(LazyProd.Value.Template, LazyProd.Value.Template.Named("JobsreportExecutionRole"));
        Assert.Contains("ssm:GetParameter", role, StringComparison.Ordinal);
        Assert.Contains("secretsmanager:GetSecretValue", role, StringComparison.Ordinal);
    }

    [Fact]
    public void Containers_are_those_of_the_manifest_and_the_router_of_its_logs() => Assert.Equal(
        ["firelens_log_router", "proxy", "settings", "worker"],
        Task(LazyProd.Value, "report").Properties["ContainerDefinitions"]!.AsArray()
            .Select(container => container!["Name"]!.GetValue<string>()).Order(StringComparer.Ordinal));

    [Fact]
    public void Service_takes_its_messages_from_the_jobs_queue()
    {
        var template = LazyProd.Value.Template;
        var uri = Container(Task(LazyProd.Value, "orders"), "worker")["Environment"]!.AsArray()
            .Single(one => one!["Name"]!.GetValue<string>() == "COPILOT_QUEUE_URI")!["Value"]!["Ref"]!;
        var queue = template.OfType("AWS::SQS::Queue").Single(queue => queue.Id == uri.GetValue<string>());

        Assert.Equal("30", queue["DelaySeconds"]);
        Assert.Equal("345600", queue["MessageRetentionPeriod"]);
        Assert.Equal("10", queue["VisibilityTimeout"]);
        Assert.Equal("10", queue.Properties["RedrivePolicy"]!["maxReceiveCount"]!.ToJsonString());
    }

    [Fact]
    public void Topics_send_to_the_queues_that_the_manifest_names()
    {
        var subscriptions = LazyProd.Value.Template.OfType("AWS::SNS::Subscription")
            .Where(subscription => subscription["Protocol"] == "sqs").ToList();

        Assert.Equal(5, subscriptions.Count);
        Assert.Equal(
            """{"store":["example","other"],"event":[{"anything-but":"cancelled"}],"price":[{"numeric":["\u003E=",100]}]}""",
            Assert.Single(subscriptions, one => one.Properties["FilterPolicy"] is not null)
                .Properties["FilterPolicy"]!.ToJsonString());
        Assert.Equal(
            4, LazyProd.Value.Template.OfType("AWS::SQS::Queue").Count(queue => queue["FifoQueue"] == "true"));
    }

    [Fact]
    public void Number_of_tasks_is_the_manifests()
    {
        Assert.Equal([("2", "12"), ("3", "3")], Limits(LazyProd.Value));
        Assert.Equal([("2", "2"), ("3", "3")], Limits(LazyStaging.Value));

        static IEnumerable<(string?, string?)> Limits(Synthesis synthesis) =>
            synthesis.Template.OfType("AWS::ApplicationAutoScaling::ScalableTarget")
                .Select(target => (target["MinCapacity"], target["MaxCapacity"])).Order();
    }

    private static Resource Task(Synthesis synthesis, string job) =>
        synthesis.Template.OfType("AWS::ECS::TaskDefinition").Single(task => task["Family"] == $"jobs_{job}");

    private static JsonNode Container(Resource task, string name) =>
        task.Properties["ContainerDefinitions"]!.AsArray()
            .Single(container => container!["Name"]!.GetValue<string>() == name)!;
}
