using Jobs.Local.Ground;
using Jobs.Tests.Otlp;

namespace Jobs.Tests.EndToEnd;

/// <summary>The running stack of jobs that do what a test wants. Its traces go to a collector of the test's.</summary>
public sealed class TracedLaptop : JobsLaptop
{
    private readonly OtlpReceiver _receiver;

    public TracedLaptop()
        : this(new OtlpReceiver())
    {
    }

    private TracedLaptop(OtlpReceiver receiver)
        : base(new LaptopSettings { State = NewFolder(), Otlp = receiver.Endpoint }) => _receiver = receiver;

    /// <summary>Where traces go, and what else jobs may call.</summary>
    internal OtlpReceiver Receiver => _receiver;
}
