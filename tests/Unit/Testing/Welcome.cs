using System.Text;

namespace Jobs.Tests.Unit.Testing;

/// <summary>The README's message handler.</summary>
[OnQueue(MessagesPerTask = 250, MaxTasks = 4, Parallelism = 8)]
[Writes("letters/")]
public sealed class Welcome : IMessageHandler<Welcome.Customer>
{
    public sealed record Customer(int Number, string Name);

    public async Task HandleAsync(Customer customer, MessageContext context, CancellationToken stop)
    {
        if (customer.Name.Length == 0) throw new JobFailedException("The customer has no name. Send one.");   // a dead letter at once
        using var letter = new MemoryStream(Encoding.UTF8.GetBytes($"Dear {customer.Name},"));
        await context.WriteAsync($"letters/{customer.Number}.txt", letter, "text/plain", stop);              // the same if the message comes twice
    }
}
