using System.Globalization;
using System.Text.Json.Serialization;
using Jobs.Core;
using Jobs.Core.Tasks;

namespace Jobs.Functions.Events;

/// <summary>
/// ECS's Task State Change event, as far as it is used. Our own record, because the official one reads a missing exit
/// code as 0. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
/// </summary>
internal sealed record TaskStateChange
{
    [JsonPropertyName("detail-type")]
    public string? DetailType { get; init; }

    [JsonPropertyName("detail")]
    public TaskDetail? Detail { get; init; }

    /// <exception cref="RejectedMessageException">The event is of another kind.</exception>
    public TaskDetail RequireDetail() => DetailType == "ECS Task State Change" && Detail?.TaskArn is not null
        ? Detail
        : throw new RejectedMessageException(
            $"The message is '{DetailType}', not 'ECS Task State Change' with a task. Send ECS's event unchanged.");

    internal sealed record TaskDetail
    {
        [JsonPropertyName("taskArn")]
        public string? TaskArn { get; init; }

        [JsonPropertyName("taskDefinitionArn")]
        public string? TaskDefinitionArn { get; init; }

        [JsonPropertyName("startedBy")]
        public string? StartedBy { get; init; }

        [JsonPropertyName("lastStatus")]
        public string? LastStatus { get; init; }

        [JsonPropertyName("stopCode")]
        public string? StopCode { get; init; }

        [JsonPropertyName("stoppedReason")]
        public string? StoppedReason { get; init; }

        [JsonPropertyName("containers")]
        public IReadOnlyList<ContainerDetail?>? Containers { get; init; }

        [JsonPropertyName("createdAt")]
        public string? CreatedAt { get; init; }

        [JsonPropertyName("pullStartedAt")]
        public string? PullStartedAt { get; init; }

        [JsonPropertyName("startedAt")]
        public string? StartedAt { get; init; }

        [JsonPropertyName("stoppingAt")]
        public string? StoppingAt { get; init; }

        [JsonPropertyName("stoppedAt")]
        public string? StoppedAt { get; init; }

        /// <param name="raw">The whole event as received.</param>
        public TaskObservation Observe(string raw) => new(TaskArn!)
        {
            StopCode = StopCode,
            StoppedReason = StoppedReason,
            Containers =
            [
                .. (Containers ?? []).OfType<ContainerDetail>().Select(
                    container => new ContainerObservation(container.Name ?? "", container.ExitCode, container.Reason))
            ],
            CreatedAt = Instant(CreatedAt),
            PullStartedAt = Instant(PullStartedAt),
            StartedAt = Instant(StartedAt),
            StoppingAt = Instant(StoppingAt),
            StoppedAt = Instant(StoppedAt),
            TaskDefinitionArn = TaskDefinitionArn,
            Description = raw,
        };

        // Times are for people; one that cannot be read must not lose the event.
        private static DateTimeOffset? Instant(string? text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant
                : null;
    }

    internal sealed record ContainerDetail
    {
        [JsonPropertyName("name")]
        public string? Name { get; init; }

        [JsonPropertyName("exitCode")]
        public int? ExitCode { get; init; }

        [JsonPropertyName("reason")]
        public string? Reason { get; init; }
    }
}
