"""Writes what scikit-learn's Gaussian process says about 20 observations: GaussianProcessTest compares with it.

    python3 arbiter-search/src/test/python/gaussian_process.py > arbiter-search/src/test/resources/gaussian-process.json

Needs scikit-learn (Debian: python3-sklearn); the tests read the file alone.
"""

import json

import numpy as np
import sklearn
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

JITTER = 1e-10  # as in GaussianProcess.java
random = np.random.RandomState(7)
points = random.rand(20, 3)
values = np.sin(4 * points[:, 0]) + points[:, 1] ** 2 + 0.1 * random.randn(20)
queries = random.rand(5, 3)

kernel = ConstantKernel(1.7) * Matern(length_scale=[0.4, 0.9, 2.5], nu=2.5) + WhiteKernel(0.02)
fixed = GaussianProcessRegressor(kernel, alpha=JITTER, optimizer=None).fit(points, values)
mean = fixed.predict(queries)
covariance = fixed.predict(queries, return_cov=True)[1]
# scikit-learn adds the white noise to a prediction's variance; the function's own has none.
deviation = np.sqrt(np.diag(covariance) - 0.02)

standard = (values - values.mean()) / values.std(ddof=1)
free = ConstantKernel(1.0, (0.05, 20)) * Matern([0.5] * 3, (0.03, 10), nu=2.5) + WhiteKernel(1e-3, (1e-6, 0.5))
fitted = GaussianProcessRegressor(free, alpha=JITTER, n_restarts_optimizer=50, random_state=1).fit(points, standard)

print(json.dumps({
    "scikit-learn": sklearn.__version__,
    "points": points.tolist(),
    "values": values.tolist(),
    "queries": queries.tolist(),
    "variance": 1.7,
    "lengthScales": [0.4, 0.9, 2.5],
    "noise": 0.02,
    "logMarginalLikelihood": fixed.log_marginal_likelihood_value_,
    "mean": mean.tolist(),
    "deviation": deviation.tolist(),
    "highestLogMarginalLikelihood": fitted.log_marginal_likelihood_value_,
}, indent=1))
