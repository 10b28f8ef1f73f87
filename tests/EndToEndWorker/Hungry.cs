using System.Runtime.InteropServices;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>
/// Takes as many MiB outside .NET's heap as its upload says, so that only the container's limit can stop it, and holds
/// them a while.
/// </summary>
[Job(MemoryMiB = 512, MaxMemoryMiB = 1024)]
[OnUpload("hungry/")]
[Retry(Attempts = 1)]
public sealed class Hungry : IJob<Upload, string>
{
    private const int MiB = 1_048_576;

    public async Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop)
    {
        var wanted = await UploadedNumber.ReadAsync(input, job, stop);
        var memory = Take(wanted);
        try
        {
            // Longer than the container's memory goes unwatched.
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop);
            return $"{wanted} MiB in launch {job.Launch}";
        }
        finally
        {
            Free(memory);
        }
    }

    private static unsafe nint Take(int wanted)
    {
        var size = (nuint)wanted * MiB;
        var memory = NativeMemory.Alloc(size);
        NativeMemory.Fill(memory, size, 1);
        return (nint)memory;
    }

    private static unsafe void Free(nint memory) => NativeMemory.Free((void*)memory);
}
