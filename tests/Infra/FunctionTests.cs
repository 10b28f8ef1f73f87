using Jobs.Core;

namespace Jobs.Tests.Infra;

public sealed class FunctionTests
{
    private static readonly string[] Handlers =
    [
        "OnBacklog", "OnCommand", "OnSchedule", "OnTaskStopped", "OnTick", "OnUpload",
    ];

    private static Template Template => Shapes.Typical.Template;

    public static TheoryData<string> AllHandlers => [.. Handlers];

    [Fact]
    public void Functions_are_those_that_the_assembly_has() =>
        Assert.Equal(
            Handlers, Template.OfType("AWS::Lambda::Function").Select(HandlerOf).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(AllHandlers))]
    public void Function_runs_the_published_assembly_on_dotnet10(string handler)
    {
        var function = Function(handler);

        Assert.Equal("dotnet10", function["Runtime"]);
        Assert.Equal("Jobs.Functions", function["Handler"]);
        Assert.Equal("x86_64", function["Architectures"]);
        Assert.Equal(handler == "OnTick" ? "512" : "256", function["MemorySize"]);
        Assert.Equal(
            handler switch { "OnTaskStopped" or "OnSchedule" => "30", "OnBacklog" => "60", _ => "80" },
            function["Timeout"]);
        Assert.Equal($"{{LogGroup: <JobsFunctions{handler}Log>}}", function["LoggingConfig"]);
        Assert.Equal($"<JobsFunctions{handler}Role.Arn>", function["Role"]);
        Assert.Null(function["ReservedConcurrentExecutions"]);
    }

    [Theory]
    [InlineData("OnUpload", "<JobsFunctionsUploadsDeadLettersQueue>")]
    [InlineData("OnCommand", "<JobsFunctionsCommandsDeadLettersQueue>")]
    [InlineData("OnTaskStopped", "<JobsFunctionsStoppedTasksDeadLettersQueue>")]
    [InlineData("OnSchedule", "<JobsFunctionsSchedulesDeadLettersQueue>")]
    [InlineData("OnTick", null)]
    [InlineData("OnBacklog", null)]
    public void Function_is_told_where_everything_is(string handler, string? deadLetters)
    {
        var expected = new Dictionary<string, string>
        {
            [EnvironmentNames.Stack] = "jobs",
            [EnvironmentNames.RunsTable] = "<JobsRunsTable>",
            [EnvironmentNames.ResultsTable] = "<JobsResultsTable>",
            [EnvironmentNames.Bucket] = "<JobsBucket>",
            [EnvironmentNames.Cluster] = "<JobsCluster.Arn>",
            [EnvironmentNames.Subnets] = "<JobsVpcPublicSubnet1Subnet>,<JobsVpcPublicSubnet2Subnet>",
            [EnvironmentNames.SecurityGroups] = "<JobsSecurityGroup.GroupId>",
            [EnvironmentNames.AssignPublicIp] = "ENABLED",
            [EnvironmentNames.AlertTopic] = "<JobsAlertsTopic>",
            [EnvironmentNames.LaunchBurst] = "100",
            [EnvironmentNames.LaunchesPerSecond] = "20",
            ["ANNOTATIONS_HANDLER"] = handler,
        };
        if (deadLetters is not null) expected[EnvironmentNames.DeadLetterQueue] = deadLetters;

        var variables = Function(handler).Properties["Environment"]!["Variables"]!.AsObject();
        Assert.Equal(
            expected.OrderBy(variable => variable.Key, StringComparer.Ordinal),
            variables.Select(variable => KeyValuePair.Create(variable.Key, Readable.Text(variable.Value)))
                .OrderBy(variable => variable.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Uploads", "OnUpload", "480")]
    [InlineData("Commands", "OnCommand", "480")]
    [InlineData("StoppedTasks", "OnTaskStopped", "180")]
    [InlineData("Schedules", "OnSchedule", "180")]
    public void Inbox_is_paced_reports_partial_batches_and_keeps_what_failed(
        string inbox, string handler, string visibility)
    {
        var source = Template.Named($"JobsFunctions{inbox}Source");
        Assert.Equal($"<JobsFunctions{inbox}Queue.Arn>", source["EventSourceArn"]);
        Assert.Equal($"<JobsFunctions{handler}Function>", source["FunctionName"]);
        Assert.Equal("ReportBatchItemFailures", source["FunctionResponseTypes"]);
        Assert.Equal("10", source["BatchSize"]);
        Assert.Equal("{MaximumConcurrency: 5}", source["ScalingConfig"]);

        var queue = Template.Named($"JobsFunctions{inbox}Queue");
        Assert.Equal(visibility, queue["VisibilityTimeout"]);
        Assert.Equal(
            $"{{deadLetterTargetArn: <JobsFunctions{inbox}DeadLettersQueue.Arn>, maxReceiveCount: 5}}",
            queue["RedrivePolicy"]);
    }

    [Fact]
    public void Sweep_that_fails_is_kept_and_not_repeated_before_the_next()
    {
        var config = Template.Named("JobsFunctionsOnTickAsync");

        Assert.Equal("<JobsFunctionsOnTickFunction>", config["FunctionName"]);
        Assert.Equal("0", config["MaximumRetryAttempts"]);
        Assert.Equal("60", config["MaximumEventAgeInSeconds"]);
        Assert.Equal("{OnFailure: {Destination: <JobsFunctionsFailedTicksQueue.Arn>}}", config["DestinationConfig"]);
    }

    [Theory]
    [InlineData("JobsFunctionsUndeliveredNotEmpty", "ApproximateNumberOfMessagesVisible")]
    [InlineData("JobsFunctionsUploadsDeadLettersNotEmpty", "ApproximateNumberOfMessagesVisible")]
    [InlineData("JobsFunctionsCommandsDeadLettersNotEmpty", "ApproximateNumberOfMessagesVisible")]
    [InlineData("JobsFunctionsStoppedTasksDeadLettersNotEmpty", "ApproximateNumberOfMessagesVisible")]
    [InlineData("JobsFunctionsSchedulesDeadLettersNotEmpty", "ApproximateNumberOfMessagesVisible")]
    [InlineData("JobsFunctionsOnScheduleFailing", "Errors")]
    [InlineData("JobsFunctionsFailedTicksNotEmpty", "ApproximateNumberOfMessagesVisible")]
    [InlineData("JobsFunctionsOnUploadFailing", "Errors")]
    [InlineData("JobsFunctionsOnCommandFailing", "Errors")]
    [InlineData("JobsFunctionsOnTaskStoppedFailing", "Errors")]
    [InlineData("JobsFunctionsOnTickFailing", "Errors")]
    [InlineData("JobsFunctionsOnBacklogFailing", "Errors")]
    [InlineData("JobsFunctionsOnTickLosing", "DestinationDeliveryFailures")]
    public void Alarm_tells_admins_of_the_first_failure(string alarm, string metric)
    {
        var resource = Template.Named(alarm);

        Assert.Equal(metric, resource["MetricName"]);
        Assert.Equal("GreaterThanOrEqualToThreshold", resource["ComparisonOperator"]);
        Assert.Equal("1", resource["Threshold"]);
        Assert.Equal("<JobsAlertsTopic>", resource["AlarmActions"]);
        Assert.Equal("<JobsAlertsTopic>", resource["OKActions"]);
        Assert.NotNull(resource["AlarmDescription"]);
    }

    [Fact]
    public void Alarm_tells_admins_of_a_tick_that_comes_no_more_and_not_before_the_first()
    {
        var silent = Template.Named("JobsFunctionsOnTickSilent");

        Assert.Equal(
            ("Invocations", "LessThanThreshold", "1", "60", "5", "missing"),
            (
                silent["MetricName"],
                silent["ComparisonOperator"],
                silent["Threshold"],
                silent["Period"],
                silent["EvaluationPeriods"],
                silent["TreatMissingData"]));
        Assert.Equal(
            (null, "<JobsAlertsTopic>", "<JobsAlertsTopic>"),
            (silent["AlarmActions"], silent["InsufficientDataActions"], silent["OKActions"]));
    }

    [Theory]
    [InlineData("JobsFunctionsUploadsBehind")]
    [InlineData("JobsFunctionsCommandsBehind")]
    [InlineData("JobsFunctionsStoppedTasksBehind")]
    [InlineData("JobsFunctionsSchedulesBehind")]
    public void Alarm_tells_admins_of_an_inbox_that_is_behind(string alarm)
    {
        var behind = Template.Named(alarm);

        Assert.Equal(
            (
                "ApproximateAgeOfOldestMessage",
                "GreaterThanOrEqualToThreshold",
                "900",
                "notBreaching",
                "<JobsAlertsTopic>",
                "<JobsAlertsTopic>"),
            (
                behind["MetricName"],
                behind["ComparisonOperator"],
                behind["Threshold"],
                behind["TreatMissingData"],
                behind["AlarmActions"],
                behind["OKActions"]));
    }

    [Fact]
    public void Every_alarm_says_what_to_do_and_is_one_the_laptop_watches() => Assert.All(Template
        .OfType("AWS::CloudWatch::Alarm"), alarm =>
    {
        Assert.Matches(@"[.;:] \w.*\.$", alarm["AlarmDescription"]);
        Assert.Contains(
            alarm["MetricName"],
            (string?[])["ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage", "Errors",
                "Invocations", "DestinationDeliveryFailures"]);
    });

    [Fact]
    public void Log_groups_of_functions_expire() =>
        Assert.All(
            Handlers, handler => Assert.Equal("30", Template.Named($"JobsFunctions{handler}Log")["RetentionInDays"]));

    private static Resource Function(string handler) => Template.Named($"JobsFunctions{handler}Function");

    private static string HandlerOf(Resource function) =>
        Readable.Text(function.Properties["Environment"]!["Variables"]!["ANNOTATIONS_HANDLER"]);
}
