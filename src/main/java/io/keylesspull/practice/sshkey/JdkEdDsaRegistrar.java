package io.keylesspull.practice.sshkey;

import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/** Registers the platform's ed25519 with MINA SSHD, which keeps one table of providers per process. */
public final class JdkEdDsaRegistrar extends AbstractSecurityProviderRegistrar {

    private static final String PROVIDER = "SunEC";

    JdkEdDsaRegistrar() {
        super(PROVIDER);
    }

    /** Does nothing if ed25519 is supported already. Must be called before MINA handles its first key. */
    public static synchronized void register() {
        if (!SecurityUtils.isEDDSACurveSupported()) {
            SecurityUtils.registerSecurityProvider(new JdkEdDsaRegistrar());
        }
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public boolean isSupported() {
        return Security.getProvider(PROVIDER) != null;
    }

    @Override
    public Provider getSecurityProvider() {
        return Security.getProvider(PROVIDER);
    }

    @Override
    public String getProviderName() {
        return PROVIDER;
    }

    @Override
    public boolean isNamedProviderUsed() {
        return true;
    }

    @Override
    public String getDefaultSecurityEntitySupportValue(Class<?> entity) {
        boolean ours = entity == Signature.class || entity == KeyFactory.class || entity == KeyPairGenerator.class;
        return ours ? JdkEdDsa.ALGORITHM : NO_OPTIONS_VALUE;
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
        return Optional.of(new JdkEdDsa());
    }
}
