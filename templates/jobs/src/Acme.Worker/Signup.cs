using System.Text;

namespace Acme.Worker;

/// <summary>Keeps a record of each customer that the shop says has signed up.</summary>
[Job(Cpu = 256, MemoryMiB = 512, TimeoutMinutes = 15)]
[OnEvent(Source = "com.example.shop", DetailType = "Customer Signed Up")]
[Writes("customers/")]
public sealed class Signup : IJob<Event<Signup.Customer>, string>
{
    public sealed record Customer(int Number, string Name);

    public async Task<string> RunAsync(Event<Customer> signup, JobContext job, CancellationToken stop)
    {
        var (number, name) = signup.Detail;
        using var record = new MemoryStream(Encoding.UTF8.GetBytes($"{name}, {signup.Time:O}\n"));
        await job.WriteAsync($"customers/{number}.txt", record, "text/plain", stop);
        return $"{name} is customer {number}.";
    }
}
