using System.Collections.Concurrent;
using System.Reflection;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>
/// Stands in front of the ports: counts their calls, lets a test act just before one, and kills the process at a chosen
/// call. A dead process reaches no port any more until it is started again.
/// </summary>
internal sealed class Faults
{
    private readonly ConcurrentQueue<string> _calls = new();
    private int _count;
    private volatile bool _dead;

    /// <summary>Every call that was made, in order.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>Index of the call at which the process dies; null for never.</summary>
    public int? CrashAt { get; set; }

    /// <summary>The call still takes effect, but its answer is never read.</summary>
    public bool CrashAfter { get; set; }

    /// <summary>Runs before each call; what it throws is what the port throws.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Runs that cannot be created, however often it is tried.</summary>
    public Func<Run, bool>? Refuses { get; set; }

    public bool HasCrashed { get; private set; }

    /// <param name="suffix">Behind the names of the port's calls, where others have the same.</param>
    public T Around<T>(T port, string suffix = "")
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)proxy).Aim(port, this, suffix);
        return proxy;
    }

    public void Restart() => _dead = false;

    private object? Call(MethodInfo method, object port, object?[]? arguments, string suffix)
    {
        if (_dead) throw new CrashException();
        Before?.Invoke(method.Name + suffix);
        if (method.Name == nameof(IRunStore.CreateAsync) && arguments?[0] is Run run && Refuses?.Invoke(run) == true)
        {
            throw new HttpRequestException("It cannot be stored.");
        }

        var crashes = Interlocked.Increment(ref _count) - 1 == CrashAt;
        if (crashes && !CrashAfter) throw Crash();
        _calls.Enqueue(method.Name);
        var answer = method.Invoke(port, arguments);
        return crashes ? throw Crash() : answer;
    }

    private CrashException Crash()
    {
        HasCrashed = _dead = true;
        return new CrashException();
    }

#pragma warning disable CA1852 // DispatchProxy derives from it.
    internal class Proxy : DispatchProxy
#pragma warning restore CA1852
    {
        private object? _port;
        private Faults? _faults;
        private string _suffix = "";

        public void Aim(object port, Faults faults, string suffix) =>
            (_port, _faults, _suffix) = (port, faults, suffix);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            _faults!.Call(targetMethod!, _port!, args, _suffix);
    }

    private sealed class CrashException() : Exception("The process died here.");
}
