using System.Globalization;
using Jobs.Tests.Fuzz.Targets;

namespace Jobs.Tests.Fuzz.Search;

/// <summary>Gives a target inputs made of numbers, and finds those that do not end, or not with a reason.</summary>
internal sealed class Fuzzer(IFuzzTarget target)
{
    /// <summary>Real time; an input takes milliseconds, so this is no measure of a machine.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    /// <summary>Bytes that an input may make a target allocate, beside so many for each byte of its own.</summary>
    private const long MaxAllocated = 64 * 1_024 * 1_024;

    private const long AllocatedPerByte = 1_000;

    /// <summary>Inputs that were tried.</summary>
    public long Done { get; private set; }

    /// <summary>Most bytes that one input made the target allocate.</summary>
    public long MostAllocated { get; private set; }

    /// <param name="first">Number of the first input; the others follow it.</param>
    /// <returns>The first of each kind that did not end as it has to.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(ulong first, ulong count, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Finding>();
        for (var number = first; number < first + count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            var input = target.Mutator.Mutate(target.Samples, Dice(number));
            if (await FaultOfAsync(input, cancellation) is { } why)
            {
                var finding = new Finding(target.Name, number, input, why);
                found.TryAdd(finding.Kind, finding);
            }

            Done++;
        }

        return [.. found.Values];
    }

    /// <summary>Why the input did not end as it has to; null when it did.</summary>
    public async Task<string?> FaultOfAsync(byte[] input, CancellationToken cancellation)
    {
        var before = GC.GetTotalAllocatedBytes();
        try
        {
            await Task.Run(() => target.TakeAsync(input, cancellation), cancellation)
                .WaitAsync(Hang, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            return $"It did not end within {Hang.TotalSeconds:N0} seconds.";
        }
        catch (FindingException e)
        {
            return e.Message;
        }
#pragma warning disable CA1031 // Whatever it threw is what was looked for.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return $"It threw {e}";
        }

        return TooMuch(GC.GetTotalAllocatedBytes() - before, input.Length);
    }

    private string? TooMuch(long allocated, int length)
    {
        MostAllocated = Math.Max(MostAllocated, allocated);
        var limit = MaxAllocated + (AllocatedPerByte * length);
        return allocated <= limit
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"It allocated {allocated:N0} bytes, and {limit:N0} is its limit.");
    }

#pragma warning disable RS0030 // Seeded here, where it is made.
    private static Random Dice(ulong number) => new((int)(number * 0x9E3779B97F4A7C15UL >> 33));
#pragma warning restore RS0030
}
