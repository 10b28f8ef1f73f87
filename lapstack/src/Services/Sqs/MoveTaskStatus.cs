namespace Lapstack.Services.Sqs;

/// <summary>The names are the values of the API.</summary>
internal enum MoveTaskStatus
{
    RUNNING,
    COMPLETED,
    CANCELLING,
    CANCELLED,
    FAILED,
}
