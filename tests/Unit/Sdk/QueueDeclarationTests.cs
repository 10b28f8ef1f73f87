using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Sdk;

public sealed class QueueDeclarationTests
{
    [Fact]
    public void Queue_of_a_handler_becomes_its_definition_with_the_messages_schema()
    {
        var job = JobDefinitions.From(typeof(Mailer));

        Assert.Equal(
            new QueueTrigger
            {
                MessagesPerTask = 250,
                MaxTasks = 4,
                IdleSeconds = 10,
                VisibilitySeconds = 120,
                MaxReceives = 3,
                Parallelism = 8,
            },
            job.Queue);
        Assert.Contains("\"address\"", job.InputSchema!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(DefinitionRules.Check("shop", job));
    }

    [Fact]
    public void Service_has_its_steps_in_order_and_its_planned_limits()
    {
        var service = JobDefinitions.From(typeof(Served)).Queue!;

        Assert.Equal(QueueMode.Service, service.Mode);
        Assert.Equal([new ScalingStep(100, 2), new ScalingStep(1_000, 5)], service.Service!.Steps);
        Assert.Equal(
            [new ScheduledScaling("mornings", "cron(0 6 ? * MON-FRI *)", 2, 8) { TimeZone = "Europe/Berlin" }],
            service.Service.Schedules);
        Assert.Equal(
            (1, 50, 150),
            (service.Service.MinTasks, service.Service.MinimumHealthyPercent, service.Service.MaximumPercent));
        Assert.Empty(DefinitionRules.Check("shop", JobDefinitions.From(typeof(Served))));
    }

    [Fact]
    public void Plain_service_is_one_with_the_defaults_and_plain_tasks_have_none()
    {
        Assert.Equal(
            (0, 100, 200),
            JobDefinitions.From(typeof(PlainService)).Queue!.Service is { } plain
                ? (plain.MinTasks, plain.MinimumHealthyPercent, plain.MaximumPercent)
                : default);
        Assert.Null(JobDefinitions.From(typeof(Mailer)).Queue!.Service);
    }

    [Fact]
    public void Uploads_of_a_handler_come_by_a_queue_with_the_defaults_or_with_what_OnQueue_says()
    {
        var shared = JobDefinitions.From(typeof(Shared));
        Assert.Equal(new QueueTrigger(), shared.Queue);
        Assert.Equal([new UploadTrigger("letters/", ".txt"), new UploadTrigger("late/")], shared.Uploads);
        Assert.Empty(DefinitionRules.Check("shop", shared));

        var service = JobDefinitions.From(typeof(SharedService));
        Assert.Equal((3, QueueMode.Service), (service.Queue!.Parallelism, service.Queue.Mode));
        Assert.Equal([new ScalingStep(100, 2)], service.Queue.Service!.Steps);
        Assert.Empty(DefinitionRules.Check("shop", service));
    }

    [Theory]
    [InlineData(typeof(NoQueue), "a handler has a queue that its messages come from", "Put [OnQueue] on the class")]
    [InlineData(typeof(Uploaded), "one job, one input type: an upload gives the job an Upload",
        "Implement IMessageHandler<Upload>")]
    [InlineData(typeof(UploadedToo), "one job, one input type: an upload gives the job an Upload",
        "Implement IMessageHandler<Upload>")]
    [InlineData(typeof(NoHandler), "the messages of a queue go to an IMessageHandler<T>",
        "Implement IMessageHandler<Letter>")]
    [InlineData(typeof(Both), "a job is a concrete class that implements IJob<TInput, TResult>, or " +
        "IMessageHandler<T>, once", "Give each input type a class of its own.")]
    public void Class_that_is_half_of_it_is_refused_with_the_remedy(Type type, string rule, string remedy)
    {
        var error = Assert.Throws<JobDeclarationException>(() => JobDefinitions.From(type)).Error;

        Assert.Equal(rule, error.Rule);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Idling), "a job is a concrete class")]
    [InlineData(typeof(IdlingBase), "a job is a concrete class")]
    [InlineData(typeof(ScaledUploads), "what scales the tasks of a queue stands beside [OnQueue]")]
    [InlineData(typeof(ScaledJob), "what scales the tasks of a queue stands beside [OnQueue]")]
    public void Attribute_that_does_nothing_where_it_stands_is_refused(Type type, string rule) =>
        Assert.StartsWith(
            rule,
            Assert.Throws<JobDeclarationException>(() => JobDefinitions.From(type)).Error.Rule,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(Planned), "a job that takes messages from a queue has no other trigger, but uploads that come " +
        "as its messages")]
    [InlineData(typeof(Hurried), "Priority orders waiting runs, and the uploads of a job with a queue are messages, " +
        "which SQS gives in no order")]
    [InlineData(typeof(ScaledTasks), "what scales a service needs Mode = Service")]
    [InlineData(typeof(Retried), "Retry does nothing for a job that takes messages from a queue: a message that " +
        "fails comes again")]
    [InlineData(typeof(Growing), "MaxMemoryMiB does nothing for a job that takes messages from a queue: its runs are " +
        "not repeated")]
    public void Queue_with_what_does_not_go_with_it_fails_synthesis(Type type, string rule) =>
        Assert.Contains(DefinitionRules.Check("shop", JobDefinitions.From(type)), error => error.Rule == rule);

    public sealed record Letter(string Address);

    [OnUpload("letters/")]
    private sealed class Idling;

    [Retry(Attempts = 3)]
    private abstract class IdlingBase : IJob<Letter, string>
    {
        public Task<string> RunAsync(Letter input, JobContext job, CancellationToken stop) => Task.FromResult("");
    }

    [ScaleOnBacklog(100, 2)]
    private sealed class ScaledJob : IJob<Letter, string>
    {
        public Task<string> RunAsync(Letter input, JobContext job, CancellationToken stop) => Task.FromResult("");
    }

    [OnQueue, Retry(Attempts = 5)]
    private sealed class Retried : Idle;

    [OnQueue, Job(MaxMemoryMiB = 1_024)]
    private sealed class Growing : Idle;

    [OnQueue(MessagesPerTask = 250, MaxTasks = 4, IdleSeconds = 10, VisibilitySeconds = 120, MaxReceives = 3,
        Parallelism = 8)]
    private sealed class Mailer : Idle;

    [OnQueue(Mode = QueueMode.Service, MinTasks = 1, MinimumHealthyPercent = 50, MaximumPercent = 150)]
    [ScaleOnBacklog(1_000, 5)]
    [ScaleOnBacklog(100, 2)]
    [ScaleOnSchedule("cron(0 6 ? * MON-FRI *)", 2, 8, Name = "mornings", TimeZone = "Europe/Berlin")]
    private sealed class Served : Idle;

    [OnQueue(Mode = QueueMode.Service)]
    private sealed class PlainService : Idle;

    [OnUpload("letters/")]
    private sealed class Uploaded : Idle;

    [OnQueue, OnUpload("letters/")]
    private sealed class UploadedToo : Idle;

    [OnQueue, OnSchedule("rate(1 hour)", Input = "{}")]
    private sealed class Planned : Idle;

    [OnUpload("letters/", Suffix = ".txt"), OnUpload("late/")]
    private sealed class Shared : IdleUploads;

    [OnUpload("letters/"), OnQueue(Parallelism = 3, Mode = QueueMode.Service), ScaleOnBacklog(100, 2)]
    private sealed class SharedService : IdleUploads;

    [OnUpload("letters/", Priority = 3)]
    private sealed class Hurried : IdleUploads;

    [OnUpload("letters/"), ScaleOnBacklog(100, 2)]
    private sealed class ScaledUploads : IdleUploads;

    private abstract class IdleUploads : IMessageHandler<Upload>
    {
        public Task HandleAsync(Upload message, MessageContext context, CancellationToken stop) => Task.CompletedTask;
    }

    [OnQueue, ScaleOnBacklog(100, 2)]
    private sealed class ScaledTasks : Idle;

    private sealed class NoQueue : Idle;

    [OnQueue]
    private sealed class NoHandler : IJob<Letter, string>
    {
        public Task<string> RunAsync(Letter input, JobContext job, CancellationToken stop) => Task.FromResult("");
    }

    [OnQueue]
    private sealed class Both : Idle, IJob<Letter, string>
    {
        public Task<string> RunAsync(Letter input, JobContext job, CancellationToken stop) => Task.FromResult("");
    }

    private abstract class Idle : IMessageHandler<Letter>
    {
        public Task HandleAsync(Letter message, MessageContext context, CancellationToken stop) => Task.CompletedTask;
    }
}
