using System.Collections.Concurrent;
using System.Text;
using Lapstack.Ground;
using Lapstack.Processes;

namespace Lapstack.Services.Sqs;

/// <summary>
/// Redrives: dead letters go back to be tried again. One ends with the emulator; what it has not moved stays where it
/// is.
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
/// </summary>
internal sealed class MoveTasks(
    QueueStore queues, RoomOnDisk room, TimeProvider clock, Ids ids, Activity activity) : IHostedPart, IDisposable
{
    private readonly ConcurrentDictionary<string, MoveTask> _tasks = new(StringComparer.Ordinal);
    private readonly BackgroundWork _work = new(activity, "SQS");

    /// <summary>The tasks of a queue, the newest first.</summary>
    public IEnumerable<MoveTask> Of(Queue source) =>
        _tasks.Values.Where(task => task.Source == source).OrderByDescending(task => task.StartedAt);

    public MoveTask? Find(string handle) => _tasks.GetValueOrDefault(handle);

    /// <summary>Begins one; it goes on by itself.</summary>
    public MoveTask Start(Queue source, Queue? destination, int? rate)
    {
        if (Of(source).Any(task => task.Status == MoveTaskStatus.RUNNING))
            throw SqsErrors.Unsupported(
                "There is already a task running. Only one active task is allowed for a source queue arn at a given " +
                "time.");
        var handle = Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{{\"taskId\":\"{ids.Uuid()}\",\"sourceArn\":\"{source.Arn}\"}}"));
        var task = _tasks[handle] = new MoveTask(
            handle, source, destination, rate, source.Depth().Visible, clock.GetUtcNow());
        _work.Run(stopping => RunAsync(task, stopping));
        return task;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private async Task RunAsync(MoveTask task, CancellationToken stopping)
    {
        try
        {
            // What arrives meanwhile stays, or a handler that fails at once would keep the task going for ever.
            while (task.Moved < task.ToMove
                && task.Status == MoveTaskStatus.RUNNING
                && await room.AwaitAsync(
                    () => Task.FromResult(task.Source.Redrive(message => DestinationOf(task, message))), stopping))
            {
                task.Moved++;
                if (task.Moved % task.Rate == 0 && task.Moved < task.ToMove)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), clock, stopping);
                }

                stopping.ThrowIfCancellationRequested();
            }
            task.Status = task.Status == MoveTaskStatus.RUNNING ? MoveTaskStatus.COMPLETED : MoveTaskStatus.CANCELLED;
        }
        catch (MoveException failure)
        {
            (task.FailureReason, task.Status) = (failure.Message, MoveTaskStatus.FAILED);
        }
        activity.Report(
            "SQS",
            "Redrive",
            $"{task.Source.Name}: {task.Moved} of {task.ToMove} messages were moved back ({task.Status})");
    }

    private Queue DestinationOf(MoveTask task, StoredMessage message) => task.Destination
        ?? (message.DeadLetterSourceArn is { } source ? queues.FindByArn(source) : null)
        ?? throw new MoveException("CouldNotDetermineMessageSource");
}
