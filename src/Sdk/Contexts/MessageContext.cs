using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Messages;
using Jobs.Sdk.Contexts;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>What a handler knows about its message, and what it may do besides computing.</summary>
public sealed class MessageContext : WorkContext
{
    private readonly Func<StopReason> _interrupted;
    private readonly ISubmissions _submissions;

    internal MessageContext(
        QueueMessage message,
        Func<StopReason> interrupted,
        RunnerBucket bucket,
        ISubmissions submissions,
        ILogger logger)
        : base(bucket, logger)
    {
        (_interrupted, _submissions) = (interrupted, submissions);
        (Id, Receives, SentAt) = (message.Id, message.Receives, message.SentAt);
        Attributes = message.Attributes.Where(one => one.Value.Text is not null)
            .ToDictionary(one => one.Key, one => one.Value.Text!);
    }

    /// <summary>SQS's id of the message: the same however often it comes.</summary>
    public string Id { get; }

    /// <summary>How often the message was received, this time included; SQS calls the number approximate.</summary>
    public int Receives { get; }

    /// <summary>When the message was sent, by SQS's clock.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>The message's attributes that are texts or numbers.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>
    /// Why the handler was told to stop; <see cref="StopReason.None"/> while it was not.
    /// <see cref="StopReason.Superseded"/>: the message is no longer this task's. Any other: the task is to end.
    /// </summary>
    public StopReason Interrupted => _interrupted();

    /// <summary>
    /// Submits a run of another job, which this one declares with <see cref="SubmitsAttribute{TJob}"/>. A message that
    /// comes again submits the same inputs in the same order, and then starts none twice.
    /// </summary>
    /// <typeparam name="TJob">The other job's class.</typeparam>
    /// <param name="input">Of the other job's input type, at most 256 KB of JSON.</param>
    /// <exception cref="ArgumentException">The input is of another type or too large.</exception>
    public Task SubmitAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] TJob>(
        object input, CancellationToken stop)
        where TJob : class => _submissions.SubmitAsync(typeof(TJob), [input], stop);
}
