using System.Text;

namespace Acme.Worker;

/// <summary>Writes a letter for each message of its queue: <c>{"number": 7, "name": "Ada"}</c>.</summary>
[Job(Cpu = 256, MemoryMiB = 512, TimeoutMinutes = 15)]
[OnQueue(MessagesPerTask = 250, MaxTasks = 4, Parallelism = 8)]
[Writes("letters/")]
public sealed class Greeter : IMessageHandler<Greeter.Customer>
{
    public sealed record Customer(int Number, string Name);

    public async Task HandleAsync(Customer customer, MessageContext context, CancellationToken stop)
    {
        // A dead letter at once:
        if (customer.Name.Length == 0) throw new JobFailedException("The customer has no name. Send one.");
        using var letter = new MemoryStream(Encoding.UTF8.GetBytes($"Dear {customer.Name},\n"));
        // The same if the message comes twice:
        await context.WriteAsync($"letters/{customer.Number}.txt", letter, "text/plain", stop);
    }
}
