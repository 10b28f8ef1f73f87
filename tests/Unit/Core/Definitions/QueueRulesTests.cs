using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class QueueRulesTests
{
    private static readonly ScheduledScaling Mornings = new(
        "mornings", "cron(0 6 ? * MON-FRI *)", 2, 4)
    { TimeZone = "Europe/Berlin" };

    [Fact]
    public void Queue_as_it_comes_passes() => Assert.Empty(Check(new QueueTrigger()));

    [Fact]
    public void Service_with_everything_passes() => Assert.Empty(Check(
        new QueueTrigger
        {
            Mode = QueueMode.Service,
            Service = new QueueService
            {
                MinTasks = 10,
                Steps = [new(1, 1), new(1_000, 10)],
                Schedules = [Mornings, Mornings with { Name = "nights", MinTasks = 0, MaxTasks = 1 }],
            },
        }));

    [Fact]
    public void Limits_themselves_pass()
    {
        Assert.Empty(
            Check(
                new QueueTrigger
                {
                    MessagesPerTask = 1,
                    MaxTasks = 1,
                    IdleSeconds = 5,
                    VisibilitySeconds = 30,
                    MaxReceives = 1,
                    Parallelism = 1,
                }));
        Assert.Empty(
            Check(
                new QueueTrigger
                {
                    MessagesPerTask = 100_000,
                    MaxTasks = 500,
                    IdleSeconds = 3_600,
                    VisibilitySeconds = 43_200,
                    MaxReceives = 1_000,
                    Parallelism = 100,
                }));
    }

    [Theory]
    [InlineData(0, 1, 5, 30, 1, 1, "MessagesPerTask of the queue must be 1 to 100,000")]
    [InlineData(100_001, 1, 5, 30, 1, 1, "MessagesPerTask of the queue must be 1 to 100,000")]
    [InlineData(1, 0, 5, 30, 1, 1, "MaxTasks of the queue must be 1 to 500")]
    [InlineData(1, 501, 5, 30, 1, 1, "MaxTasks of the queue must be 1 to 500")]
    [InlineData(1, 1, 4, 30, 1, 1, "IdleSeconds of the queue must be 5 to 3,600")]
    [InlineData(1, 1, 3_601, 30, 1, 1, "IdleSeconds of the queue must be 5 to 3,600")]
    [InlineData(1, 1, 5, 29, 1, 1, "VisibilitySeconds of the queue must be 30 to 43,200")]
    [InlineData(1, 1, 5, 43_201, 1, 1, "VisibilitySeconds of the queue must be 30 to 43,200")]
    [InlineData(1, 1, 5, 30, 0, 1, "MaxReceives of the queue must be 1 to 1,000")]
    [InlineData(1, 1, 5, 30, 1_001, 1, "MaxReceives of the queue must be 1 to 1,000")]
    [InlineData(1, 1, 5, 30, 1, 0, "Parallelism of the queue must be 1 to 100")]
    [InlineData(1, 1, 5, 30, 1, 101, "Parallelism of the queue must be 1 to 100")]
    public void Number_out_of_its_range_names_the_field_and_the_range(
        int perTask, int maxTasks, int idle, int visibility, int receives, int parallelism, string rule) =>
        Assert.Equal(rule, OnlyRule(new QueueTrigger
        {
            MessagesPerTask = perTask,
            MaxTasks = maxTasks,
            IdleSeconds = idle,
            VisibilitySeconds = visibility,
            MaxReceives = receives,
            Parallelism = parallelism,
        }));

    [Fact]
    public void Other_triggers_beside_the_queue_are_refused()
    {
        var job = new JobDefinition("drain")
        {
            Queue = new QueueTrigger(),
            Uploads = [new UploadTrigger("in/")],
            Events = [new EventTrigger("any") { Source = "shop" }],
            Schedules = [new ScheduleTrigger("hourly", "rate(1 hour)")],
        };

        var error = Assert.Single(DefinitionRules.Check("jobs", job));

        Assert.StartsWith(
            "a job that takes messages from a queue has no other trigger", error.Rule, StringComparison.Ordinal);
        Assert.Equal("2 besides the queue", error.Value);
    }

    [Theory]
    [InlineData(70, null)]
    [InlineData(71, "the queue of its dead letters, <stack>_<job>_dead, has a name of at most 80 characters")]
    public void Queue_has_a_name_that_SQS_takes(int stack, string? rule)
    {
        var job = new JobDefinition("mail") { Queue = new QueueTrigger() };

        Assert.Equal(rule, DefinitionRules.Check(new string('s', stack), job).SingleOrDefault()?.Rule);
        Assert.Empty(DefinitionRules.Check(new string('s', stack), job with { Queue = null }));
    }

    [Fact]
    public void Cap_of_the_job_is_refused_because_the_queue_has_its_own() =>
        Assert.Contains(
            "MaxTasks",
            Assert.Single(
                DefinitionRules.Check("jobs", new JobDefinition("drain")
                {
                    Queue = new QueueTrigger(),
                    MaxConcurrent = 3
                })).Rule,
            StringComparison.Ordinal);

    [Fact]
    public void Job_that_takes_messages_is_neither_submitted_nor_followed()
    {
        var drain = new JobDefinition("drain") { Queue = new QueueTrigger() };
        var other = new JobDefinition("other") { Submits = ["drain"], Afters = [new AfterTrigger("drain")] };

        Assert.Equal(
            ["Submits drain", "After drain"],
            DefinitionRules.Check("jobs", [drain, other]).Select(error => error.Value));
    }

    [Fact]
    public void What_scales_a_service_needs_the_mode() =>
        Assert.Equal(
            "what scales a service needs Mode = Service", OnlyRule(new QueueTrigger { Service = new QueueService() }));

    [Fact]
    public void Mode_that_does_not_exist_is_refused() =>
        Assert.Contains(
            "must be one that exists", OnlyRule(new QueueTrigger { Mode = (QueueMode)7 }), StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void Service_keeps_no_more_tasks_than_it_may_have(int min) =>
        Assert.Equal("MinTasks of the queue must be 0 to 10", OnlyRule(Service(new QueueService { MinTasks = min })));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 11)]
    public void Step_that_adds_nothing_or_too_much_is_refused(int messages, int tasks) =>
        Assert.Equal(
            "a step adds 1 to MaxTasks (10) tasks from 1 message or more on",
            OnlyRule(Service(new QueueService { Steps = [new(messages, tasks)] })));

    [Theory]
    [InlineData(100, 100)]
    [InlineData(200, 100)]
    public void Steps_out_of_order_are_refused(int first, int second) =>
        Assert.Equal(
            "steps come in the order of their messages",
            OnlyRule(Service(new QueueService { Steps = [new(first, 1), new(second, 2)] })));

    [Fact]
    public void More_steps_than_AWS_takes_are_refused() =>
        Assert.Equal(
            "a service has at most 20 steps",
            OnlyRule(
                Service(new QueueService { Steps = [.. Enumerable.Range(1, 21).Select(i => new ScalingStep(i, 1))] })));

    [Theory]
    [InlineData(-1, 200, "MinimumHealthyPercent of the queue must be 0 to 100")]
    [InlineData(101, 200, "MinimumHealthyPercent of the queue must be 0 to 100")]
    [InlineData(100, 99, "MaximumPercent of the queue must be 100 to 200")]
    [InlineData(100, 201, "MaximumPercent of the queue must be 100 to 200")]
    [InlineData(100, 100, "a deployment must be allowed to stop a task or to start one")]
    public void Deployment_that_ECS_would_refuse_or_never_end_is_refused(int healthy, int most, string rule) =>
        Assert.Equal(
            rule, OnlyRule(Service(new QueueService { MinimumHealthyPercent = healthy, MaximumPercent = most })));

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(0, 0)]
    [InlineData(5, 4)]
    [InlineData(1, 11)]
    public void Planned_limits_lie_within_those_of_the_queue(int min, int max) =>
        Assert.Contains(
            "planned limits lie between 0 and MaxTasks of the queue (10)",
            OnlyRule(Service(new QueueService { Schedules = [Mornings with { MinTasks = min, MaxTasks = max }] })),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("cron(0 25 * * ? *)", null, "hours 25")]
    [InlineData("every day", null, "it must be rate(value unit) or cron(six fields)")]
    [InlineData("cron(0 6 * * ? *)", "Europe/Berlni", "did you mean Europe/Berlin?")]
    public void Planned_time_that_AWS_would_refuse_names_the_field_and_the_rule(
        string expression, string? zone, string rule) =>
        Assert.Contains(
            rule,
            OnlyRule(
                Service(new QueueService { Schedules = [Mornings with { Expression = expression, TimeZone = zone }] })),
            StringComparison.Ordinal);

    [Fact]
    public void Planned_limits_have_names_of_their_own() =>
        Assert.Equal(
            "the planned limits of a service must have different names",
            OnlyRule(Service(new QueueService { Schedules = [Mornings, Mornings] })));

    [Fact]
    public void Name_of_planned_limits_is_lower_case_words() =>
        Assert.Contains(
            "lower-case",
            OnlyRule(Service(new QueueService { Schedules = [Mornings with { Name = "Every Morning" }] })),
            StringComparison.Ordinal);

    private static QueueTrigger Service(QueueService service) => new() { Mode = QueueMode.Service, Service = service };

    private static string OnlyRule(QueueTrigger queue) => Assert.Single(Check(queue)).Rule;

    private static IEnumerable<DefinitionError> Check(QueueTrigger queue) =>
        DefinitionRules.Check("jobs", new JobDefinition("drain") { Queue = queue });
}
