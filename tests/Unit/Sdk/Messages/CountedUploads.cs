namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>A handler of uploads that does what its test says.</summary>
[OnUpload("incoming/", Suffix = ".txt")]
[OnUpload("late/")]
[OnQueue(MaxReceives = 2, Parallelism = 4, IdleSeconds = 30)]
internal sealed class CountedUploads(CountedUploads.Script script) : IMessageHandler<Upload>
{
    public delegate Task Script(Upload upload);

    public Task HandleAsync(Upload message, MessageContext context, CancellationToken stop) => script(message);
}
