using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Jobs.Core.Definitions;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;
using Jobs.Sdk.Attributes;

namespace Jobs.Sdk.Declarations;

/// <summary>
/// From a class's attributes to its definition, but for the schema of its input, which the worker does not need and
/// would wait for.
/// </summary>
internal static class Declaration
{
    /// <exception cref="JobDeclarationException">The job's triggers do not produce its input.</exception>
    public static JobDefinition Read([DynamicallyAccessedMembers(JobContract.Needed)] Type type, Type input)
    {
        var job = type.GetCustomAttribute<JobAttribute>(inherit: false) ?? new JobAttribute();
        var definition = new JobDefinition(JobName.Of(type))
        {
            Owner = job.Owner,
            Recipients = [.. All<NotifyAttribute>(type).Select(one => new Recipient(one.Email) { On = one.On })],
            Labels = [.. All<LabelAttribute>(type).Select(one => $"{one.Name}={one.Value}")],
            OwnMetrics = job.OwnMetrics,
            Alarms = type.GetCustomAttribute<AlarmAttribute>(inherit: false)?.ToAlarms(),
            Cpu = job.Cpu,
            MemoryMiB = job.MemoryMiB,
            MaxMemoryMiB = OrNull(job.MaxMemoryMiB),
            Architecture = job.Architecture,
            EphemeralStorageGiB = OrNull(job.EphemeralStorageGiB),
            TimeoutMinutes = job.TimeoutMinutes,
            RunTimeoutMinutes = OrNull(job.RunTimeoutMinutes),
            StopTimeoutSeconds = job.StopTimeoutSeconds,
            MaxConcurrent = OrNull(job.MaxConcurrent),
            Spot = job.Spot,
            AllowLoop = job.AllowLoop,
            WhenPaused = job.WhenPaused,
            Retry = ReadRetry(type),
            Uploads = [.. All<OnUploadAttribute>(type).Select(ReadUpload)],
            Events = [.. All<OnEventAttribute>(type).Select(on => ReadEvent(on, input))],
            Schedules = [.. All<OnScheduleAttribute>(type).Select(ReadSchedule)],
            Afters = Afters.Read(type, input),
            Queue = QueueDeclaration.Read(type),
            Lists = [.. All<ListsAttribute>(type).Select(lists => lists.Prefix)],
            Submits = [.. All<SubmitsAttribute>(type).Select(submits => submits.Job).Distinct()],
            Reads = [.. All<ReadsAttribute>(type).Select(reads => reads.Prefix)],
            Writes = [.. All<WritesAttribute>(type).Select(writes => writes.Prefix)],
        };
        CheckInput(definition, input);
        // That a queue's job has no schedule is for the queue's rules to say.
        if (definition.Queue is not null) return definition;
        CheckSchedules(definition, input);
        return definition;
    }

    private static RetryPolicy ReadRetry(Type type) =>
        type.GetCustomAttribute<RetryAttribute>(inherit: false) is { } retry
        ? new RetryPolicy
        {
            Attempts = retry.Attempts,
            BackoffSeconds = retry.BackoffSeconds,
            MaxBackoffSeconds = retry.MaxBackoffSeconds,
            NonRetryable = Match(retry.NonRetryableClasses, retry.NonRetryableExitCodes, retry.NonRetryableErrors),
            Retryable = Match(retry.RetryableClasses, retry.RetryableExitCodes, retry.RetryableErrors),
        }
        : new RetryPolicy();

    private static RetryMatch? Match(VerdictClass[] classes, int[] exitCodes, Type[] errors) =>
        classes.Length + exitCodes.Length + errors.Length == 0
        ? null
        : new RetryMatch
        {
            Classes = classes,
            ExitCodes = exitCodes,
            ErrorTypes = [.. errors.Select(type => type.FullName ?? type.Name)],
        };

    private static void CheckInput(JobDefinition job, Type input)
    {
        if (job.Uploads.Count == 0 || input == typeof(Upload)) return;
        throw new JobDeclarationException(new DefinitionError(
            job.Name,
            "one job, one input type: an upload gives the job an Upload",
            $"[OnUpload(\"{job.Uploads[0].Prefix}\")] on a job that takes {input.Name}",
            job.Queue is null
                ? "Implement IJob<Upload, …>, or start this job in another way."
                : "Implement IMessageHandler<Upload>, or send this job its messages in another way."));
    }

    private static EventTrigger ReadEvent(OnEventAttribute on, Type input) =>
        new(on.Name ?? EventTrigger.NameFor(on.Source, on.DetailType))
        {
            Source = on.Source,
            DetailType = on.DetailType,
            Detail = on.Detail,
            Pattern = on.Pattern,
            Bus = on.Bus,
            Priority = on.Priority,
            TakesEvent = input.IsGenericType && input.GetGenericTypeDefinition() == typeof(Event<>),
        };

    private static UploadTrigger ReadUpload(OnUploadAttribute on) =>
        new(on.Prefix, on.Suffix) { Bucket = on.Bucket, Priority = on.Priority };

    private static ScheduleTrigger ReadSchedule(OnScheduleAttribute on) =>
        new(on.Name ?? ScheduleTrigger.NameFor(on.Expression), on.Expression)
        {
            TimeZone = on.TimeZone,
            Input = on.Input,
            Overlap = on.Overlap,
            Disabled = on.Disabled,
        };

    private static void CheckSchedules(JobDefinition job, Type input)
    {
        if (input == typeof(ScheduledTime)) return;
        if (job.Schedules.FirstOrDefault(schedule => schedule.Input is null) is not { } bare) return;
        throw new JobDeclarationException(new DefinitionError(
            job.Name,
            "one job, one input type: a schedule without Input gives the job a ScheduledTime",
            $"[OnSchedule(\"{bare.Expression}\")] on a job that takes {input.Name}",
            $"Give the schedule the Input of every run, as JSON of {input.Name}; or implement IJob<ScheduledTime, …>."));
    }

    private static IEnumerable<T> All<T>(Type type)
        where T : Attribute => type.GetCustomAttributes<T>(inherit: false);

    private static int? OrNull(int value) => value == 0 ? null : value;
}
