using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class QueueTests
{
    private static Template Template => Shapes.Queues.Template;

    [Fact]
    public void Queue_keeps_its_messages_as_long_as_sqs_does_and_gives_up_on_poison()
    {
        var queue = Template.Named("JobsqueueworkerQueue");
        var dead = Template.Named("JobsqueueworkerQueueDeadLettersQueue");

        Assert.Equal(
            ("120", "1209600", "20", "true"),
            (
                queue["VisibilityTimeout"],
                queue["MessageRetentionPeriod"],
                queue["ReceiveMessageWaitTimeSeconds"],
                queue["SqsManagedSseEnabled"]));
        Assert.Equal(
            "{deadLetterTargetArn: <JobsqueueworkerQueueDeadLettersQueue.Arn>, maxReceiveCount: 6}",
            queue["RedrivePolicy"]);
        Assert.Equal(("1209600", "true"), (dead["MessageRetentionPeriod"], dead["SqsManagedSseEnabled"]));
        Assert.Equal(("jobs_queue-worker", "jobs_queue-worker_dead"), (queue["QueueName"], dead["QueueName"]));
    }

    [Fact]
    public void Outputs_name_the_queue_and_its_dead_letters_after_the_job()
    {
        var outputs = Template.Json["Outputs"]!.AsObject();

        Assert.Equal(
            "<JobsqueueworkerQueue>", Readable.Text(outputs[OutputNames.QueuePrefix + "QueueWorker"]!["Value"]));
        Assert.Equal(
            "<JobsqueueworkerQueueDeadLettersQueue>",
            Readable.Text(outputs[OutputNames.DeadLettersPrefix + "QueueWorker"]!["Value"]));
    }

    [Fact]
    public void Alarm_on_visible_messages_wakes_OnBacklog_which_lets_this_alarm_in()
    {
        var alarm = Template.Named("JobsqueueworkerQueueBacklog");

        Assert.Equal(
            ("jobs_queue-worker_backlog", "AWS/SQS", "ApproximateNumberOfMessagesVisible",
                "{Name: QueueName, Value: <JobsqueueworkerQueue.QueueName>}"),
            (alarm["AlarmName"], alarm["Namespace"], alarm["MetricName"], alarm["Dimensions"]));
        Assert.Equal(
            (
                "Maximum",
                "60",
                "1",
                "1",
                "GreaterThanOrEqualToThreshold",
                "notBreaching",
                "<JobsFunctionsOnBacklogFunction.Arn>"),
            (
                alarm["Statistic"],
                alarm["Period"],
                alarm["EvaluationPeriods"],
                alarm["Threshold"],
                alarm["ComparisonOperator"],
                alarm["TreatMissingData"],
                alarm["AlarmActions"]));
        var permission = Assert.Single(
            Template.OfType("AWS::Lambda::Permission"),
            permission => permission["Principal"] == "lambda.alarms.cloudwatch.amazonaws.com");
        Assert.Equal(
            "arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:jobs_*_backlog",
            permission["SourceArn"]);
        Assert.Equal(
            (
                "lambda:InvokeFunction",
                "<JobsFunctionsOnBacklogFunction.Arn>",
                "lambda.alarms.cloudwatch.amazonaws.com",
                "<AWS::AccountId>"),
            (permission["Action"], permission["FunctionName"], permission["Principal"], permission["SourceAccount"]));
    }

    [Theory]
    [InlineData("JobsqueueworkerQueueDeadLettersNotEmpty", "ApproximateNumberOfMessagesVisible", "1")]
    [InlineData("JobsqueueworkerQueueBehind", "ApproximateAgeOfOldestMessage", "3600")]
    public void Admins_are_told_of_dead_letters_and_of_messages_that_no_task_takes(
        string alarm, string metric, string threshold)
    {
        var resource = Template.Named(alarm);

        Assert.Equal(
            (metric, threshold, "<JobsAlertsTopic>"),
            (resource["MetricName"], resource["Threshold"], resource["AlarmActions"]));
    }

    [Fact]
    public void Tick_wakes_OnBacklog_too_and_its_silence_is_told()
    {
        var rule = Template.Named("JobsFunctionsTick");
        var targets = rule.Properties["Targets"]!.AsArray();

        Assert.Equal(
            [("OnTick", "<JobsFunctionsOnTickFunction.Arn>"), ("OnBacklog", "<JobsFunctionsOnBacklogFunction.Arn>")],
            targets.Select(target => (Readable.Text(target!["Id"]), Readable.Text(target["Arn"]))));
        Assert.All(
            targets, target => Assert.Equal("{MaximumEventAgeInSeconds: 60}", Readable.Text(target!["RetryPolicy"])));
        Assert.Contains(Template.OfType("AWS::Lambda::Permission"), permission =>
            permission["SourceArn"] == "arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/jobs_tick"
                && permission["FunctionName"] == "<JobsFunctionsOnBacklogFunction.Arn>");
        Assert.Equal("<JobsAlertsTopic>", Template.Named("JobsFunctionsOnBacklogSilent")["InsufficientDataActions"]);
    }

    [Fact]
    public void Stack_without_queues_does_not_wake_OnBacklog()
    {
        var template = Shapes.Typical.Template;

        Assert.Equal(
            "OnTick",
            Readable.Text(Assert.Single(template.Named("JobsFunctionsTick").Properties["Targets"]!.AsArray())!["Id"]));
        Assert.DoesNotContain(
            template.Resources, resource => Readable.WithoutHash(resource.Id) == "JobsFunctionsOnBacklogSilent");
        Assert.DoesNotContain(
            "sqs:GetQueueAttributes",
            Readable.Role(template, template.Named("JobsFunctionsOnBacklogRole")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void OnBacklog_finds_every_queue_beside_the_commands_and_may_read_these_and_wake_the_services()
    {
        var variables = Template.Named("JobsFunctionsOnBacklogFunction").Properties["Environment"]!["Variables"]!;
        var role = Readable.Role(Template, Template.Named("JobsFunctionsOnBacklogRole"));

        Assert.Equal(
            "<JobsFunctionsCommandsQueue>",
            Readable.Text(variables[EnvironmentNames.Commands]));
        Assert.EndsWith(
            """
              Allow sqs:GetQueueAttributes
                on arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:jobs_*
              Allow ecs:DescribeServices ecs:UpdateService
                on arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:service/<JobsCluster>/jobs_*

            """.ReplaceLineEndings("\n"),
            role,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_look_is_not_repeated_before_the_next()
    {
        var config = Template.Named("JobsFunctionsOnBacklogAsync");

        Assert.Equal(
            ("<JobsFunctionsOnBacklogFunction>", "0", "60"),
            (config["FunctionName"], config["MaximumRetryAttempts"], config["MaximumEventAgeInSeconds"]));
    }

    [Theory]
    [InlineData("queueworker", false)]
    [InlineData("resize", true)]
    [InlineData("plain", true)]
    public void Task_takes_messages_of_its_own_queue_and_protects_itself_only_in_a_service(string job, bool protects)
    {
        var statements = Readable.Statements(Template, Template.Named($"Jobs{job}TaskRole"))
            .ToDictionary(
                statement => statement["Sid"]!.ToString(),
                statement => $"{Readable.Text(statement["Action"])} on {Readable.Text(statement["Resource"])}");

        Assert.Equal(
            $"sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:ReceiveMessage on <Jobs{job}Queue.Arn>",
            Sorted(statements["TakeMessages"]));
        Assert.Equal($"sqs:SendMessage on <Jobs{job}QueueDeadLettersQueue.Arn>", statements["KeepDeadLetters"]);
        Assert.Equal(
            protects
                ? "ecs:GetTaskProtection, ecs:UpdateTaskProtection on " +
                "arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:task/<JobsCluster>/*"
                : null,
            statements.GetValueOrDefault("ProtectTasks"));
        Assert.DoesNotContain(statements.Values, statement => statement.EndsWith(" on *", StringComparison.Ordinal));
    }

    [Fact]
    public void Task_of_a_service_protects_the_tasks_of_its_service_only()
    {
        var protect = Readable.Statements(Template, Template.Named("JobsresizeTaskRole"))
            .Single(statement => statement["Sid"]!.ToString() == "ProtectTasks");

        Assert.Equal(
            "{StringEquals: {aws:ResourceTag/jobs:family: jobs_resize}}", Readable.Text(protect["Condition"]));
        Assert.Equal("{Key: jobs:family, Value: jobs_resize}", Template.Named("JobsresizeTask")["Tags"]);
        Assert.Equal(
            "TASK_DEFINITION", Template.OfType("AWS::ECS::Service").First()["PropagateTags"]);
        Assert.Null(Template.Named("JobsqueueworkerTask")["Tags"]);
    }

    [Theory]
    [InlineData("queueworker")]
    [InlineData("plain")]
    public void Task_is_told_where_its_queue_is(string job)
    {
        var variables =
            Template.Named($"Jobs{job}Task").Properties["ContainerDefinitions"]![0]!["Environment"]!.AsArray()
            .ToDictionary(variable => variable!["Name"]!.ToString(), variable => Readable.Text(variable!["Value"]));

        Assert.Equal(
            ($"<Jobs{job}Queue>", $"<Jobs{job}QueueDeadLettersQueue>"),
            (variables[EnvironmentNames.Queue], variables[EnvironmentNames.QueueDeadLetters]));
    }

    [Fact]
    public void Queue_that_is_drained_by_runs_has_no_service() =>
        Assert.Equal(
            ["jobs_plain", "jobs_resize"],
            Template.OfType("AWS::ECS::Service").Select(service => service["ServiceName"]).Order());

    [Fact]
    public void Declarations_that_name_one_queue_twice_fail_synthesis()
    {
        var message = Failure("uploads", "a-b-1", "a-b1");

        Assert.Contains("(declared: uploads, whose queue is Uploads)", message, StringComparison.Ordinal);
        Assert.Contains("(declared: a-b-1 and a-b1, whose queue is AB1)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_queue_fails_synthesis_with_field_and_rule()
    {
        var message = Assert.ThrowsAny<Exception>(() => Synthesis.OfJob(new JobDefinition("drain")
        {
            Queue = new QueueTrigger
            {
                MaxTasks = 0,
                Mode = QueueMode.Service,
                Service = new QueueService { Schedules = [new("mornings", "cron(0 25 * * ? *)", 0, 1)] },
            },
        })).Message;

        Assert.Contains(
            "[jobs/Jobs/drain] Job 'drain': MaxTasks of the queue must be 1 to 500 (declared: 0).",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "[jobs/Jobs/drain] Job 'drain': the time of 'mornings' is not valid: hours 25",
            message,
            StringComparison.Ordinal);
    }

    private static string Sorted(string statement)
    {
        var parts = statement.Split(" on ");
        return $"{string.Join(", ", parts[0].Split(", ").Order(StringComparer.Ordinal))} on {parts[1]}";
    }

    private static string Failure(params string[] jobs) => Assert.ThrowsAny<Exception>(() => Synthesis.Of((_, runner) =>
    {
        foreach (var job in jobs) runner.AddJob(new JobDefinition(job) { Queue = new QueueTrigger() }, Shapes.AnyImage);
    })).Message;
}
