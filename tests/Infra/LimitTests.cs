using System.Text.Json.Nodes;
using Jobs.Cdk.Checks;
using Jobs.Cdk.Ground;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>What AWS takes of a stack: fifty jobs fit, and what does not fit is said before it is deployed.</summary>
public sealed class LimitTests
{
    private static Template Fifty => ManyJobs.Fifty.Template;

    [Fact]
    public void Fifty_jobs_of_every_kind_fit_into_a_template()
    {
        Assert.InRange(Fifty.Resources.Count, 300, 500);
        Assert.InRange(Fifty.Json["Outputs"]!.AsObject().Count, 20, 200);
        Assert.InRange(
            new FileInfo(Path.Combine(ManyJobs.Fifty.Folder, "jobs.template.json")).Length, 100_000, 1_048_576);
        Assert.Equal(50, Fifty.OfType("AWS::ECS::TaskDefinition").Count());
    }

    [Fact]
    public void Fifty_jobs_of_every_kind_fit_into_IAM()
    {
        Assert.Empty(Fifty.OfType("AWS::IAM::ManagedPolicy"));
        Assert.All(
            Fifty.OfType("AWS::IAM::Role"),
            role => Assert.InRange(Readable.Policies(Fifty, role).Sum(Characters), 1, 10_240));
    }

    [Fact]
    public void Fifty_jobs_of_every_kind_fit_into_the_policies_of_queues_and_functions()
    {
        Assert.All(
            Fifty.OfType("AWS::SQS::QueuePolicy"),
            policy => Assert.InRange(Characters(policy.Properties["PolicyDocument"]), 1, 8_192));
        Assert.All(
            Fifty.OfType("AWS::Lambda::Permission").GroupBy(permission => permission["FunctionName"]),
            function => Assert.InRange(function.Sum(permission => 200 + Characters(permission.Properties)), 1, 20_480));
    }

    [Fact]
    public void Fifty_jobs_of_every_kind_fit_into_the_environment_of_functions() =>
        Assert.All(Fifty.OfType("AWS::Lambda::Function"), function => Assert.InRange(
            function.Properties["Environment"]!["Variables"]!.AsObject()
                .Sum(variable => variable.Key.Length + Characters(variable.Value)),
            1,
            4_096));

    [Fact]
    public void Fifty_jobs_of_every_kind_have_names_that_AWS_takes()
    {
        Assert.InRange(Fifty.OfType("AWS::Events::Rule").Count(), 20, 300);
        Assert.All(
            Fifty.OfType("AWS::Events::Rule"), rule => Assert.Matches(@"^[.\-_A-Za-z0-9]{1,64}\z", rule["Name"]));
        Assert.All(
            Fifty.OfType("AWS::ECS::TaskDefinition"),
            task => Assert.Matches(@"^[-_A-Za-z0-9]{1,255}\z", task["Family"]));
        Assert.All(
            Fifty.OfType("AWS::ECS::Service"),
            service => Assert.Matches(@"^[-_A-Za-z0-9]{1,255}\z", service["ServiceName"]));
        Assert.All(
            Fifty.OfType("AWS::SQS::Queue").Select(queue => queue["QueueName"]).OfType<string>(), name =>
                Assert.Matches(@"^[-_A-Za-z0-9]{1,80}\z", name));
    }

    [Fact]
    public void Functions_may_do_the_same_in_a_stack_of_four_jobs_as_of_fifty()
    {
        foreach (var handler in new[] { "OnBacklog", "OnCommand", "OnSchedule", "OnTaskStopped", "OnTick", "OnUpload" })
        {
            var role = $"JobsFunctions{handler}Role";
            Assert.Equal(
                Readable.Role(ManyJobs.Four.Template, ManyJobs.Four.Template.Named(role)),
                Readable.Role(Fifty, Fifty.Named(role)));
        }
    }

    [Fact]
    public void Resource_policies_are_the_same_in_a_stack_of_four_jobs_as_of_fifty()
    {
        foreach (var queue in new[] { "Uploads", "Schedules", "StoppedTasks", "Undelivered" })
        {
            var policy = ManyJobs.Four.Template.PolicyOn("AWS::SQS::QueuePolicy", $"JobsFunctions{queue}Queue")
                .Select(Readable.Text);
            Assert.Equal(
                policy, Fifty.PolicyOn("AWS::SQS::QueuePolicy", $"JobsFunctions{queue}Queue").Select(Readable.Text));
        }

        Assert.Equal(
            ManyJobs.Four.Template.OfType("AWS::Lambda::Permission").Count(),
            Fifty.OfType("AWS::Lambda::Permission").Count());
    }

    [Theory]
    [InlineData("ecs:RunTask", "arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:task-definition/jobs_*:*")]
    [InlineData("iam:PassRole", "arn:<AWS::Partition>:iam::<AWS::AccountId>:role/jobs/jobs/*")]
    public void Functions_launch_what_has_the_stacks_prefix(string action, string resource)
    {
        var template = Shapes.Typical.Template;
        var statement = Assert.Single(
            Readable.Statements(template, template.Named("JobsFunctionsOnUploadRole")),
            statement => Readable.Each(statement["Action"]).Contains(action));

        Assert.Equal(resource, Readable.Text(statement["Resource"]));
        Assert.All(
            template.OfType("AWS::ECS::TaskDefinition"),
            task => Assert.StartsWith("jobs_", task["Family"], StringComparison.Ordinal));
    }

    [Fact]
    public void Roles_that_functions_pass_are_those_of_jobs_and_no_others()
    {
        var template = Shapes.Typical.Template;
        var passed = template.OfType("AWS::ECS::TaskDefinition")
            .SelectMany(task => new[] { task["TaskRoleArn"], task["ExecutionRoleArn"] });

        Assert.Equal(
            passed.Order(StringComparer.Ordinal),
            template.OfType("AWS::IAM::Role").Where(role => role["Path"] == "/jobs/jobs/")
                .Select(role => $"<{Readable.WithoutHash(role.Id)}.Arn>").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void More_resources_than_CloudFormation_takes_are_named_with_the_jobs_to_move()
    {
        var message = Failure(runner =>
        {
            foreach (var i in Enumerable.Range(0, 30))
            {
                runner.AddJob(new JobDefinition($"serve{i}") { Queue = Shapes.ServiceQueue }, Shapes.AnyImage);
            }
            foreach (var i in Enumerable.Range(0, 10))
            {
                runner.AddJob(
                    new JobDefinition($"load{i}") { Uploads = [new UploadTrigger($"in{i}/")] }, Shapes.AnyImage);
            }
        });

        Assert.Matches(
            @"CloudFormation takes at most 500 resources in a stack \(declared: jobs with \d{3}, \d{2,3} of them " +
            @"whatever the jobs are; " +
            @"\d{3} for 30 jobs with a queue and a service, up to \d\d each; \d\d for 10 jobs with upload triggers, " +
            @"up to \d each\)\. " +
            @"Make two stacks, each with a JobRunner, and move at least these \d+ jobs to the second: serve0, " +
            @"serve1, serve2, serve3, serve4( and \d+ more)?\. " +
            "Jobs that submit each other or come after each other belong together.",
            message);
    }

    [Fact]
    public void Jobs_that_the_sentence_names_are_enough_to_move()
    {
        var message = Failure(runner => AddServices(runner, 30));
        var moved = int.Parse(
            message.Split("at least these ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

        Assert.InRange(moved, 1, 29);
        Assert.InRange(Synthesis.Of((_, runner) => AddServices(runner, 30 - moved)).Template.Resources.Count, 480, 500);
    }

    [Fact]
    public void More_prefixes_than_a_role_takes_are_named_with_the_job()
    {
        var message = Failure(runner => runner.AddJob(
            new JobDefinition("greedy")
            {
                Reads = [.. Enumerable.Range(0, 120).Select(i => $"a/prefix/of/some/length/{i}/")],
            },
            Shapes.AnyImage));

        Assert.Matches(
            @"Job 'greedy': IAM takes at most 10,240 characters of policies in a role.*\(declared: about " +
            @"\d\d,\d{3}\)\. Declare fewer prefixes",
            message);
    }

    [Fact]
    public void More_submitters_than_an_environment_takes_are_named_with_the_limit()
    {
        var message = Failure(runner =>
        {
            runner.AddJob(new JobDefinition("part"), Shapes.AnyImage);
            foreach (var i in Enumerable.Range(10, 40))
            {
                runner.AddJob(new JobDefinition($"{new string('s', 60)}{i}") { Submits = ["part"] }, Shapes.AnyImage);
            }
        });

        Assert.Contains(
            "Lambda takes 4 KB of environment, and OnCommand's names each job that submits others, with 2,796 " +
            "characters left for that " +
            "(declared: 40 such jobs, which need 3,400).",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Stack_whose_name_is_too_long_for_its_rules_names_is_refused() => Assert.Contains(
        "The name of a runner's stack has at most 40 characters, because the names of its rules begin with it " +
        "(declared: " + new string('s', 41) + ", which has 41).",
        Assert.ThrowsAny<Exception>(
            () =>
                Synthesis.OfApp(
                    app =>
                        _ = new JobRunner(
                            new Amazon.CDK.Stack(app, new string('s', 41)), "Jobs", Synthesis.AnyRunner))).Message,
        StringComparison.Ordinal);

    /// <summary>
    /// Counted by hand: IAM leaves white space out, and CloudFormation's names are as long as they can get.
    /// </summary>
    [Theory]
    [InlineData("""{"Action": "s3:GetObject"}""", 25)]
    [InlineData("""["a", "b"]""", 9)]
    [InlineData("""{"Fn::Join": ["", ["arn:", {"Ref": "AWS::AccountId"}, "/x"]]}""", 20)]
    [InlineData("""{"Ref": "Queue"}""", 2 + 4 + 5 + 14)]
    public void Characters_of_a_policy_are_counted_without_white_space(string json, int least) =>
        Assert.InRange(PolicySize.Of(JsonNode.Parse(json), "jobs"), least, least + 4);

    private static int Characters(JsonNode? value) => PolicySize.Of(value, "jobs");

    private static void AddServices(JobRunner runner, int count)
    {
        foreach (var i in Enumerable.Range(0, count))
        {
            runner.AddJob(new JobDefinition($"serve{i}") { Queue = Shapes.ServiceQueue }, Shapes.AnyImage);
        }
    }

    private static string Failure(Action<JobRunner> add) =>
        Assert.ThrowsAny<Exception>(() => Synthesis.Of((_, runner) => add(runner))).Message;
}
